namespace IntegrationHub.Auditing;

/// <summary>What the audit knows of the issue codes of normalising.</summary>
internal static class AuditCodes
{
    /// <summary>True for codes that say that a field is empty: completeness counts those itself, once a contact instead of once a record.</summary>
    internal static bool TellsAbsence(string code) =>
        code.EndsWith(".missing", StringComparison.Ordinal) || code.EndsWith(".required", StringComparison.Ordinal) || code.EndsWith(".blank", StringComparison.Ordinal);
}
