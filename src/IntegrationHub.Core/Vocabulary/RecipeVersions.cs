using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Vocabulary;

/// <summary>Makes <see cref="RecipeVersion"/>s.</summary>
public static class RecipeVersions
{
    /// <summary>The version of the texts that a recipe is made of, in this order. Line ends do not count: a checkout on Windows is the same recipe.</summary>
    public static RecipeVersion Of(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
            hash.AppendData([0]);
        }

        return new RecipeVersion(Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8)));
    }
}
