using System.CommandLine;
using System.Text;
using System.Text.Json;
using IntegrationHub.Normalising;

namespace IntegrationHub.Host.Cli;

/// <summary><c>hub normalise</c>: one value a line in, one JSON object a line out. Needs no set-up.</summary>
internal static class NormaliseCommand
{
    public static Command Build()
    {
        var field = new Option<string>("--field") { Description = $"What the values are: {string.Join(", ", FieldNormaliser.Kinds)}.", Required = true, HelpName = "FIELD" };
        field.AcceptOnlyFromAmong([.. FieldNormaliser.Kinds]);
        var region = new Option<string?>("--region") { Description = "ISO country code: where phone numbers and addresses are from that do not say, whose states are meant, and what settles dates and time zones of several readings.", HelpName = "XX" };
        region.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<string?>() is { } text && (text.Length != 2 || Countries.Normalise(text).Value is null))
                r.AddError($"--region {text}: give an ISO 3166-1 code of two letters, such as US or DE.");
        });
        var lines = new Option<bool>("--jsonl") { Description = "Each line of input is a JSON string, so that a value may hold line breaks." };
        var command = new Command("normalise", "Normalise values from standard input: one a line in, one JSON object a line out.") { field, region, lines };
        command.SetAction((parsed, ct) => HubContext.Guard(() => Run(parsed.GetValue(field)!, parsed.GetValue(region)?.ToUpperInvariant(), parsed.GetValue(lines), ct)));
        return HelpWithExamples.Add(command, "echo \"MCDONALD, DR. ANNA\" | hub normalise --field name", "hub normalise --field phone --region DE < numbers.txt");
    }

    private static async Task<int> Run(string field, string? region, bool jsonLines, CancellationToken ct)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var input = new StreamReader(Console.OpenStandardInput(), utf8);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8);
        for (var number = 1; await input.ReadLineAsync(ct) is { } line; number++)
        {
            if (jsonLines && Parse(line) is not { } value)
            {
                await output.FlushAsync(ct);
                await Console.Error.WriteLineAsync($"Line {number} of standard input is not a JSON string: {(line.Length > 60 ? line[..60] + "…" : line)} Write \"…\" around the value, or leave --jsonl away.");
                return ExitCode.Usage;
            }
            else
            {
                var raw = jsonLines ? Parse(line)! : line;
                await output.WriteLineAsync(FieldNormaliser.ToJson(FieldNormaliser.Normalise(field, raw, region)).AsMemory(), ct);
            }
        }

        return ExitCode.Done;
    }

    private static string? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
