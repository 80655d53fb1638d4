using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Store;

/// <summary>What decides whether a derived row differs: the first 16 bytes of a SHA-256 over all that it holds, each part with its length before it.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = new byte[4096];
    private int used;

    public static byte[] Of(CleanRecord record)
    {
        using var hash = new ContentHash();
        hash.Add((int)record.Kind);
        hash.Add(record.UpdatedAt);
        hash.Add(record.Values);
        hash.Add(record.Issues.Length);
        foreach (var issue in record.Issues)
        {
            hash.Add(Fields.NameOf(issue.Field));
            hash.Add(issue.Code.Value);
            hash.Add(issue.Raw);
            hash.Add(issue.Rejected ? 1 : 0);
        }

        hash.Add(record.Consents.Length);
        foreach (var claim in record.Consents)
        {
            hash.Add((int)claim.Channel);
            hash.Add(claim.Purpose);
            hash.Add(claim.Point);
            hash.Add((int)claim.State);
            hash.Add(claim.At);
        }

        return hash.Finish();
    }

    public static byte[] Of(GoldenContent content)
    {
        using var hash = new ContentHash();
        hash.Add((int)content.Kind);
        hash.Add(content.Values);
        foreach (var origin in content.Provenance)
        {
            hash.Add(Fields.NameOf(origin.Field));
            hash.Add(origin.Source.ToString());
            hash.Add(origin.Rule);
        }

        hash.Add(content.Sources.Length);
        foreach (var source in content.Sources) hash.Add(source.ToString());
        return hash.Finish();
    }

    public void Dispose() => hash.Dispose();

    private void Add(FieldValues values)
    {
        foreach (var (field, value) in values.Present())
        {
            // By name: nothing stored depends on the number of a field.
            Add(Fields.NameOf(field));
            Add(value);
        }

        // No text has this length: values end here.
        Add(-2);
    }

    private void Add(DateTimeOffset? time) => Add(time is { } t ? SqliteDatabase.ToMicroseconds(t) : long.MinValue);

    private void Add(long number)
    {
        Room(8);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(used), number);
        used += 8;
    }

    private void Add(string? text)
    {
        Add(text?.Length ?? -1);
        if (text is null) return;

        // UTF-16 as it lies in memory: no decoder that would make two broken strings equal.
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        if (bytes.Length > buffer.Length)
        {
            Flush();
            hash.AppendData(bytes);
            return;
        }

        Room(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    private void Room(int bytes)
    {
        if (used + bytes > buffer.Length) Flush();
    }

    private void Flush()
    {
        hash.AppendData(buffer.AsSpan(0, used));
        used = 0;
    }

    private byte[] Finish()
    {
        Flush();
        return hash.GetHashAndReset()[..16];
    }
}
