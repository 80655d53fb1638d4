using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Engine.Delivery;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Engine.Simulating;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Actions;

/// <summary>What became of the messages of a test.</summary>
/// <param name="Delivered">How many the channel has taken.</param>
/// <param name="Problems">Those that it has not, with the reason.</param>
public sealed record TestMailing(int Delivered, IReadOnlyList<string> Problems);

/// <summary>
/// Delivers what a test has written to one mailbox, to be read as its recipients would: each message of each path once, by the mail channel that is set up. Text messages come as mails. Nothing of it is in the outbox,
/// in statistics, or on a contact, and its links lead nowhere.
/// </summary>
public sealed class SendTestMessages(IReadOnlyList<ChannelLane> lanes, EngineSettings settings)
{
    /// <summary>Delivers.</summary>
    /// <param name="outcomes">The tests.</param>
    /// <param name="address">The mailbox.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops between messages.</param>
    /// <exception cref="NotPossibleException">That is no address.</exception>
    public async Task<TestMailing> Run(IReadOnlyList<WorkflowTestOutcome> outcomes, string address, Actor by, CancellationToken ct)
    {
        by.Require(Role.Reviewer);
        var to = Mailbox.Parse(address) ?? throw new NotPossibleException($"'{address}' is no e-mail address.");
        var channel = lanes.First(l => l.Channel.Channel == Channel.Email).Channel;
        var sender = WorkflowBook.Load(settings.MappingsDirectory).Identity.Sender;
        var (delivered, problems) = (0, new List<string>());
        foreach (var (workflow, path, content) in Distinct(outcomes))
        {
            var key = MessageKey.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"test\n{to.Address}\n{workflow}\n{content.Subject}\n{content.Text}")).AsSpan(0, MessageKey.Bytes));
            var kind = content.Channel == Channel.Sms ? "SMS" : "mail";
            var mail = content with { Channel = Channel.Email, Subject = $"[test {workflow}, {kind}] {(content.Subject.Length > 0 ? content.Subject : path)}" };
            var message = MessageAssembly.Email(mail, key, new MessageOrigin("test", workflow, "test", "test", workflow), to, sender, RehearsalLinks.Links);
            switch (await channel.Send(message, ct))
            {
                case SendResult.Delivered: delivered++; break;
                case SendResult.ChannelDown down: return new TestMailing(delivered, [.. problems, $"{channel.Name}: {down.Reason}"]);
                case SendResult.Retry retry: problems.Add($"{mail.Subject}: {retry.Reason}"); break;
                case SendResult.Refused refused: problems.Add($"{mail.Subject}: {refused.Reason}"); break;
                case SendResult.Unknown unknown: problems.Add($"{mail.Subject}: perhaps delivered, {unknown.Reason}"); break;
            }
        }

        return new TestMailing(delivered, problems);
    }

    /// <summary>Paths share their first messages: each is sent once, named by the first path that has it.</summary>
    private static IEnumerable<(string Workflow, string Path, RenderedMessage Content)> Distinct(IReadOnlyList<WorkflowTestOutcome> outcomes) =>
        outcomes.SelectMany(o => o.Report.Paths.SelectMany(p => p.Messages.Select(m => (o.Report.Workflow, p.Name, Content: m)))).DistinctBy(m => (m.Workflow, m.Content.Channel, m.Content.Subject, m.Content.Text));
}
