using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.Tests.Engine.Delivery;

/// <summary>A real IMAP server: Debian's dovecot, in a temporary folder on a free loopback port, ended by its process id. Every account takes the password <c>secret</c>.</summary>
internal sealed class ImapServer : IAsyncDisposable
{
    public const string Missing = "NOT RUN: no IMAP server that this account may start is installed (Debian, as root: apt-get install -y dovecot-imapd).";

    private readonly Process process;
    private readonly string folder;

    private ImapServer(Process process, string folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    private string Box => Path.Combine(folder, "box");

    /// <summary>Null where none can be started.</summary>
    public static async Task<ImapServer?> Start()
    {
        if (!File.Exists("/usr/sbin/dovecot") || !File.Exists("/usr/lib/dovecot/imap") || Environment.UserName != "root") return null;
        var folder = Directory.CreateTempSubdirectory("hub-imap-").FullName;
        var port = MailServer.FreePort();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        foreach (var part in new[] { "cur", "new", "tmp" }) Directory.CreateDirectory(Path.Combine(folder, "box", part));
        var settings = Path.Combine(folder, "dovecot.conf");
        await File.WriteAllTextAsync(settings, $$"""
            protocols = imap
            listen = 127.0.0.1
            base_dir = {{folder}}/base
            log_path = {{folder}}/log
            ssl = no
            disable_plaintext_auth = no
            mail_location = maildir:{{folder}}/box
            first_valid_uid = 1
            passdb {
              driver = static
              args = password=secret
            }
            userdb {
              driver = static
              args = uid=mail gid=mail home={{folder}}
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = 0
              }
            }
            service anvil {
              chroot =
            }
            """);
        using (var chown = Process.Start("chown", ["-R", "mail:mail", Path.Combine(folder, "box")])) await chown.WaitForExitAsync();
        var process = Process.Start("/usr/sbin/dovecot", ["-F", "-c", settings]) ?? throw new InvalidOperationException("dovecot did not start.");
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return new ImapServer(process, folder, port);
            }
            catch (SocketException) when (tries < 200_000 && !process.HasExited)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Puts a mail into the inbox.</summary>
    public async Task Put(string name, string mail)
    {
        var (fresh, path) = (Path.Combine(Box, "tmp", name), Path.Combine(Box, "new", name));
        await File.WriteAllTextAsync(fresh, mail);
        using (var chown = Process.Start("chown", ["mail:mail", fresh])) await chown.WaitForExitAsync();
        File.Move(fresh, path);
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
