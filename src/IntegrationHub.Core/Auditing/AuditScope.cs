namespace IntegrationHub.Auditing;

/// <summary>What an audit is about: everything, what one source has a part in, or whom one workflow is for.</summary>
public sealed record AuditScope
{
    private AuditScope(string name, string title, string? source = null, WorkflowRules? workflow = null) => (Name, Title, Source, Workflow) = (name, title, source, workflow);

    /// <summary>As reports and the database name it: <c>all</c>, <c>source:hubspot</c>, <c>workflow:abandoned-cart</c>, <c>file:contacts.csv</c>.</summary>
    public string Name { get; }

    /// <summary>In words.</summary>
    public string Title { get; }

    /// <summary>The source; null unless the audit is about one.</summary>
    public string? Source { get; }

    /// <summary>The workflow; null unless the audit is about one.</summary>
    public WorkflowRules? Workflow { get; }

    /// <summary>True when consent could be known.</summary>
    public bool KnowsConsent { get; private init; } = true;

    /// <summary>All records.</summary>
    public static AuditScope Everything { get; } = new("all", "All records");

    /// <summary>The golden records that a source has a part in, and the issues of its own records.</summary>
    public static AuditScope OfSource(string source) => new($"source:{source}", $"Source {source}", source: source);

    /// <summary>The contacts that a workflow is for.</summary>
    public static AuditScope OfWorkflow(WorkflowRules workflow) => new($"workflow:{workflow.Name}", $"Workflow {workflow.Title}", workflow: workflow);

    /// <summary>The rows of a file.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="knowsConsent">False when it has no column of consent, so that its want is no finding.</param>
    public static AuditScope OfFile(string file, bool knowsConsent) => new($"file:{file}", $"File {file}") { KnowsConsent = knowsConsent };

    /// <summary>The same file, looked at for one workflow.</summary>
    public AuditScope For(WorkflowRules workflow) => new($"{Name}:{workflow.Name}", $"{Title}, for {workflow.Title}", workflow: workflow) { KnowsConsent = KnowsConsent };
}
