using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace IntegrationHub.Tests.Engine.Delivery;

/// <summary>A real mail server: Debian's python3-aiosmtpd, on a free loopback port, ended by its process id. It keeps what it gets in a Maildir.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process process;
    private readonly string folder;

    private MailServer(Process process, string folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    /// <summary>Why there is none, for the reader of the test output.</summary>
    public const string Missing = "NOT RUN: no mail server is installed (Debian: apt-get install -y python3-aiosmtpd).";

    public int Port { get; }

    /// <summary>Null where none is installed.</summary>
    public static async Task<MailServer?> Start(int? port = null)
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd")) return null;
        var folder = Directory.CreateTempSubdirectory("hub-mail-").FullName;
        var listening = port ?? FreePort();
        var process = Process.Start(new ProcessStartInfo(Python, ["-u", "-m", "aiosmtpd", "-n", "-d", "-l", $"127.0.0.1:{listening}", "-c", "aiosmtpd.handlers.Mailbox", Path.Combine(folder, "box")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException($"{Python} did not start.");
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data?.Contains("Server is listening", StringComparison.Ordinal) == true) ready.TrySetResult();
        };
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("aiosmtpd ended before it listened."));
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // It says that it listens just before it does.
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, listening);
                return new MailServer(process, folder, listening);
            }
            catch (SocketException) when (tries < 2000)
            {
                await Task.Yield();
            }
        }
    }

    public IReadOnlyList<MimeMessage> Mails =>
        Directory.Exists(Path.Combine(folder, "box", "new")) ? [.. Directory.EnumerateFiles(Path.Combine(folder, "box", "new")).Order(StringComparer.Ordinal).Select(f => MimeMessage.Load(f))] : [];

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A mail server that says what the test wants, on a loopback port. An answer of null breaks the connection.</summary>
internal sealed class RudeMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, string?> answer;
    private readonly Task loop;
    private int connections;

    /// <param name="answer">What to say to a line: to <c>CONNECT</c>, <c>MAIL …</c>, <c>RCPT …</c>, <c>DATA</c>, and <c>.</c> at the end of a mail.</param>
    public RudeMailServer(Func<string, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        loop = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    private async Task Accept()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                await Talk(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
        try
        {
            if (answer("CONNECT") is not { } hello) return;
            await writer.WriteLineAsync(hello);
            var inData = false;
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                if (inData && line != ".") continue;
                if (line.StartsWith("EHLO", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync("250 here");
                    continue;
                }

                inData = line == "DATA";
                if (answer(line) is not { } said) return;
                await writer.WriteLineAsync(said);
                if (inData && !said.StartsWith("354", StringComparison.Ordinal)) inData = false;
                if (line == "QUIT") return;
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        stop.Dispose();
    }
}
