using System.Text;
using IntegrationHub.Connectors.Files;

namespace IntegrationHub.Tests.Connectors;

public sealed class FilesContract : ConnectorContract<FilesConnector>;

/// <summary>A folder with the recorded exports of four programs and a list that no program wrote, in four dialects and two encodings.</summary>
public sealed class FilesFixture : ContractFixture<FilesConnector>
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-files-");
    private readonly Dictionary<string, string> living = new()
    {
        ["512"] = "hubspot-contacts.csv",
        ["513"] = "hubspot-contacts.csv",
        ["777"] = "hubspot-contacts.csv",
        ["a0b1c2d3e4"] = "mailchimp-audience.csv",
        ["a0b1c2d3e5"] = "mailchimp-audience.csv",
        ["003Qy00000AAAA1"] = "salesforce-report.csv",
        ["003Qy00000AAAA2"] = "salesforce-report.csv",
        ["207119551"] = "shopify-customers.csv",
        ["207119560"] = "shopify-customers.csv",
    };

    public FilesFixture()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(ConnectorFolder.Of(typeof(FilesConnector)), "Fixtures")))
            if (!file.EndsWith("fair-badges.csv", StringComparison.Ordinal)) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
    }

    protected override string Location => folder.FullName;

    public override IReadOnlyList<string> Living(string stream) => [.. living.Keys];

    public override void Change(string stream, string id) => Rewrite(id, line => line.Replace("@example.", $"@changed-{Clock.GetUtcNow().Ticks}.example.", StringComparison.Ordinal));

    public override void Delete(string stream, string id)
    {
        Rewrite(id, _ => "");
        living.Remove(id);
    }

    private void Rewrite(string id, Func<string, string> line)
    {
        var path = Path.Combine(folder.FullName, living[id]);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(id, StringComparison.Ordinal);
        var from = text.LastIndexOf('\n', at) + 1;
        var to = text.IndexOf('\n', at) + 1;
        if (id == "003Qy00000AAAA1") to = text.IndexOf('\n', to) + 1;   // its street has two lines
        var old = text[from..to];
        File.WriteAllText(path, text[..from] + line(old) + text[to..], new UTF8Encoding(path.Contains("hubspot", StringComparison.Ordinal)));
    }

    public override void Dispose()
    {
        folder.Delete(recursive: true);
        base.Dispose();
    }
}
