using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;

namespace IntegrationHub.Engine.Mail;

/// <summary>Whether the hub asks DNS for the mail servers of addresses' domains.</summary>
/// <param name="Check">Off unless switched on: each new domain is told to the resolver.</param>
/// <param name="Timeout">How long one question may take. What is not answered in time counts as unknown, never as missing.</param>
/// <param name="Resolver">The resolver to ask; null for the system's.</param>
public sealed record MailServerSettings(bool Check, TimeSpan Timeout, IPEndPoint? Resolver)
{
    /// <summary>Asks nobody.</summary>
    public static MailServerSettings Off { get; } = new(false, TimeSpan.FromSeconds(3), null);
}

/// <summary>What DNS says of a domain.</summary>
public enum MailServerAnswer
{
    /// <summary>No answer, or none to rely on: nothing is said about the domain.</summary>
    Unknown,

    /// <summary>Some server takes mail for the domain.</summary>
    Found,

    /// <summary>The domain does not exist, or says that it takes no mail, or names no server at all.</summary>
    None,
}

/// <summary>Asks DNS which domains have a mail server, by RFC 5321 section 5.1 and RFC 7505. Remembers answers; an unanswered question rejects nobody.</summary>
public sealed class MailServers(MailServerSettings settings, TimeProvider time)
{
    private const int AtATime = 16;
    private const int MostRemembered = 200_000;

    // So many unanswered in a row, and the resolver is taken for dead: the rest of the batch is not asked, or a sync would wait for hours.
    private const int UnansweredInARow = 32;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);
    private static readonly TimeSpan RememberedUnknown = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (MailServerAnswer Answer, DateTimeOffset Until)> answers = new(StringComparer.Ordinal);
    private readonly Lazy<LookupClient> client = new(() => new LookupClient(Options(settings)));

    /// <summary>Is the check switched on?</summary>
    public bool Enabled => settings.Check;

    /// <summary>The answers for these domains, each asked once; all unknown where the check is off.</summary>
    /// <param name="domains">In ASCII, lower case.</param>
    /// <param name="ct">Stops asking.</param>
    public async Task<IReadOnlyDictionary<string, MailServerAnswer>> Ask(IEnumerable<string> domains, CancellationToken ct)
    {
        var found = new ConcurrentDictionary<string, MailServerAnswer>(StringComparer.Ordinal);
        if (!Enabled) return found;
        var unanswered = 0;
        await Parallel.ForEachAsync(
            domains.Distinct(StringComparer.Ordinal), new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct },
            async (domain, token) =>
            {
                if (Volatile.Read(ref unanswered) >= UnansweredInARow) return;
                var answer = await Ask(domain, token);
                found[domain] = answer;
                if (answer == MailServerAnswer.Unknown) Interlocked.Increment(ref unanswered);
                else Volatile.Write(ref unanswered, 0);
            });
        return found;
    }

    /// <summary>The answer for one domain in ASCII, lower case.</summary>
    public async Task<MailServerAnswer> Ask(string domain, CancellationToken ct)
    {
        if (!Enabled) return MailServerAnswer.Unknown;
        var now = time.GetUtcNow();
        if (answers.TryGetValue(domain, out var known) && known.Until > now) return known.Answer;
        var answer = await Look(domain, ct);
        if (answers.Count >= MostRemembered) answers.Clear();
        answers[domain] = (answer, now + (answer == MailServerAnswer.Unknown ? RememberedUnknown : Remembered));
        return answer;
    }

    private async Task<MailServerAnswer> Look(string domain, CancellationToken ct)
    {
        try
        {
            return await ByRecords(domain, ct);
        }
        catch (DnsResponseException)
        {
            // Not answered in time, or not in a way that can be read.
            return MailServerAnswer.Unknown;
        }
        catch (SocketException)
        {
            return MailServerAnswer.Unknown;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return MailServerAnswer.Unknown;
        }
    }

    private async Task<MailServerAnswer> ByRecords(string domain, CancellationToken ct)
    {
        var (answer, exchanges) = await Look(domain, QueryType.MX, ct);
        if (answer != MailServerAnswer.Found) return answer;
        var servers = exchanges.OfType<MxRecord>().ToList();
        // RFC 7505: a lone "." says that the domain takes no mail.
        if (servers.Count > 0) return servers.Exists(s => s.Exchange.Value is not ("." or "")) ? MailServerAnswer.Found : MailServerAnswer.None;
        // RFC 5321: without MX the domain's own address takes the mail.
        foreach (var type in (QueryType[])[QueryType.A, QueryType.AAAA])
        {
            var (own, addresses) = await Look(domain, type, ct);
            if (own == MailServerAnswer.Unknown) return own;
            if (addresses.Any(a => a is AddressRecord)) return MailServerAnswer.Found;
        }

        return MailServerAnswer.None;
    }

    // Found: the domain exists, and these are its records of the type, which may be none.
    private async Task<(MailServerAnswer Answer, IReadOnlyList<DnsResourceRecord> Records)> Look(string domain, QueryType type, CancellationToken ct)
    {
        var response = await client.Value.QueryAsync(domain, type, cancellationToken: ct);
        return response.Header.ResponseCode switch
        {
            DnsHeaderResponseCode.NoError => (MailServerAnswer.Found, response.Answers),
            DnsHeaderResponseCode.NotExistentDomain => (MailServerAnswer.None, []),
            _ => (MailServerAnswer.Unknown, []),
        };
    }

    private static LookupClientOptions Options(MailServerSettings settings)
    {
        var options = settings.Resolver is { } resolver ? new LookupClientOptions(new NameServer(resolver)) : new LookupClientOptions();
        options.Timeout = settings.Timeout;
        options.Retries = settings.Resolver is null ? 1 : 0;
        options.UseCache = false;
        options.ThrowDnsErrors = false;
        options.ContinueOnDnsError = true;
        return options;
    }
}
