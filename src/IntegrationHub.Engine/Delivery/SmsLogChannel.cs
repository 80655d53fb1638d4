using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationHub.Connect;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;

namespace IntegrationHub.Engine.Delivery;

/// <summary>Writes each SMS as a line of a file: <c>{"key":…,"at":…,"to":…,"text":…}</c>. The default, so that everything runs without an account.</summary>
public sealed class SmsLogChannel(string file, TimeProvider time) : IMessageChannel, IDisposable
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim oneAtATime = new(1);
    private HashSet<string>? written;

    /// <inheritdoc/>
    public string Name => "sms-log";

    /// <inheritdoc/>
    public Channel Channel => Channel.Sms;

    /// <inheritdoc/>
    public bool HonoursKeys => true;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutgoingMessage message, CancellationToken ct)
    {
        await oneAtATime.WaitAsync(ct);
        try
        {
            written ??= await Written(ct);
            if (written.Contains(message.Key.Value)) return new SendResult.Delivered(message.Key.Value);
            var line = JsonSerializer.Serialize(new Line(message.Key.Value, time.GetUtcNow(), message.To.Address, message.Text, message.Origin.Workflow, message.Origin.Template), Format) + "\n";
            await using (var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line), ct);
                stream.Flush(flushToDisk: true);
            }

            written.Add(message.Key.Value);
            return new SendResult.Delivered(message.Key.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            written = null; // what of the line was written is read again
            return new SendResult.ChannelDown($"{file} cannot be written to: {e.Message} Check that the disk has room and that this account may write there.");
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public Task<CheckResult> Check(CancellationToken ct) => Task.FromResult(new CheckResult(true, $"SMS are written to {file}, and go nowhere else. See docs/delivery.md for a vendor."));

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    /// <summary>The keys in the file. A last line that a kill has cut short was never delivered: it is taken away.</summary>
    private async Task<HashSet<string>> Written(CancellationToken ct)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        if (!File.Exists(file)) return keys;
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (stream.Length > 0)
        {
            var end = stream.Length;
            while (end > 0)
            {
                stream.Position = end - 1;
                if (stream.ReadByte() == '\n') break;
                end--;
            }

            if (end < stream.Length) stream.SetLength(end);
            stream.Position = 0;
        }

        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            try
            {
                if (JsonSerializer.Deserialize<Line>(line, Format) is { Key: { } key }) keys.Add(key);
            }
            catch (JsonException)
            {
                // Somebody has written into the file by hand; their line is no message.
            }
        }

        return keys;
    }

    private sealed record Line(string Key, DateTimeOffset At, string To, string Text, string Workflow, string Template);
}
