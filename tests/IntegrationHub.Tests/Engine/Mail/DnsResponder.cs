using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IntegrationHub.Tests.Engine.Mail;

/// <summary>A name server on a free port of the loopback that answers what a test tells it, in the wire format of RFC 1035. Names that it is not told of do not exist.</summary>
internal sealed class DnsResponder : IAsyncDisposable
{
    private const int NoError = 0, ServerFailure = 2, NoSuchName = 3;
    private const ushort A = 1, Mx = 15, Aaaa = 28;

    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Zone> zones = new(StringComparer.Ordinal);
    private readonly Task answering;
    private int questions;

    public DnsResponder() => answering = Answer();

    public IPEndPoint Address => (IPEndPoint)socket.Client.LocalEndPoint!;

    /// <summary>How many questions have come.</summary>
    public int Questions => Volatile.Read(ref questions);

    public DnsResponder Exchange(string domain, string server)
    {
        zones[domain] = new Zone(Exchange: server);
        return this;
    }

    public DnsResponder Host(string domain, string address)
    {
        zones[domain] = new Zone(Host: IPAddress.Parse(address));
        return this;
    }

    /// <summary>The name exists and has no record that mail could use.</summary>
    public DnsResponder Empty(string domain)
    {
        zones[domain] = new Zone();
        return this;
    }

    public DnsResponder Failing(string domain)
    {
        zones[domain] = new Zone(Fails: true);
        return this;
    }

    /// <summary>Never answered.</summary>
    public DnsResponder Silent(string domain)
    {
        zones[domain] = new Zone(Silent: true);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        socket.Dispose();
        await answering;
        stop.Dispose();
    }

    private async Task Answer()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var question = await socket.ReceiveAsync(stop.Token);
                Interlocked.Increment(ref questions);
                if (Reply(question.Buffer) is { } reply) await socket.SendAsync(reply, question.RemoteEndPoint, stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private byte[]? Reply(byte[] question)
    {
        List<string> labels = [];
        var at = 12;
        for (; question[at] != 0; at += question[at] + 1) labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(at + 1));
        var asked = question[12..(at + 5)];
        var known = zones.TryGetValue(string.Join('.', labels).ToLowerInvariant(), out var zone);
        if (known && zone!.Silent) return null;
        var data = type switch
        {
            Mx when zone?.Exchange is { } server => [0, 10, .. Name(server)],
            A when zone?.Host is { AddressFamily: AddressFamily.InterNetwork } four => four.GetAddressBytes(),
            Aaaa when zone?.Host is { AddressFamily: AddressFamily.InterNetworkV6 } six => six.GetAddressBytes(),
            _ => Array.Empty<byte>(),
        };
        var code = !known ? NoSuchName : zone!.Fails ? ServerFailure : NoError;
        // Header: the question's id, an authoritative answer, one question, no or one answer.
        byte[] header = [question[0], question[1], 0x85, (byte)(0x80 | code), 0, 1, 0, (byte)(data.Length > 0 ? 1 : 0), 0, 0, 0, 0];
        if (data.Length == 0) return [.. header, .. asked];
        // The name by a pointer to the question, class IN, a minute to live.
        return [.. header, .. asked, 0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data];
    }

    private static byte[] Name(string host) =>
        host == "." ? [0] : [.. host.Split('.').SelectMany(l => new[] { (byte)l.Length }.Concat(Encoding.ASCII.GetBytes(l))), 0];

    private sealed record Zone(string? Exchange = null, IPAddress? Host = null, bool Fails = false, bool Silent = false);
}
