using IntegrationHub.Vocabulary;
using Microsoft.AspNetCore.DataProtection;

namespace IntegrationHub.Engine.Sources;

/// <summary>Keeps sources' tokens: encrypted in the database, in plain text only in memory while a connector runs.</summary>
public sealed class TokenVault(IDataProtectionProvider protection, Func<string, string?> environment)
{
    private readonly IDataProtector protector = protection.CreateProtector("IntegrationHub.SourceToken.v1");

    /// <summary>The token in its stored form.</summary>
    public string Protect(string token) => protector.Protect(token);

    /// <summary>The value of an environment variable; null when it is not set or blank.</summary>
    public string? FromEnvironment(string variable) => environment(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>The token to use: the environment variable where it is set (so that a rotated token needs no command), else the stored one; null where there is neither.</summary>
    /// <exception cref="ConfigurationException">The stored token cannot be decrypted: the keys folder is not the one it was encrypted with.</exception>
    public string? Reveal(SourceName source, string? variable, string? protectedToken)
    {
        if (variable is not null && FromEnvironment(variable) is { } fresh) return fresh;
        if (protectedToken is null) return null;
        try
        {
            return protector.Unprotect(protectedToken);
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new ConfigurationException(
                $"The stored token of source '{source}' cannot be decrypted: the keys folder of the data directory is missing or another one. "
                + $"Restore it from the backup, or set {variable ?? "the token's environment variable"} and add the source again.", e);
        }
    }
}

/// <summary>A setting is missing or contradicts another; the message says what to write where.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>For the person who configures the hub.</summary>
    public ConfigurationException(string message) : base(message) { }

    /// <summary>For the person who configures the hub, with the cause.</summary>
    public ConfigurationException(string message, Exception inner) : base(message, inner) { }
}
