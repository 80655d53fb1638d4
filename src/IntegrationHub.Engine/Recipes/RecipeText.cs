using System.Text;

namespace IntegrationHub.Engine.Recipes;

/// <summary>Reads recipe files as UTF-8.</summary>
internal static class RecipeText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="RecipeException">The file cannot be read.</exception>
    internal static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Strict).TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            var cure = e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file; check the name and the folder.",
                DecoderFallbackException => "the file is not UTF-8; save it as UTF-8.",
                UnauthorizedAccessException => "the file may not be read by this user; change its permissions.",
                _ => $"the file cannot be read: {e.Message}",
            };
            throw new RecipeException([new RecipeError(path, 1, 1, "", cure)]);
        }
    }
}
