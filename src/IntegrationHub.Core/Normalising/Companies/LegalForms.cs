namespace IntegrationHub.Normalising;

internal static partial class LegalForms
{
    public static bool IsPlainCompany(string text, ReadOnlySpan<char> last) => false;
}
