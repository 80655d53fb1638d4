using System.Buffers;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Connect.Http;

/// <summary>
/// Cuts rows out of a JSON answer. A row's bytes are canonical: no insignificant white space, and the names of every object in ordinal order, so that a vendor who
/// shuffles them changes nothing; texts and numbers stay as they were written.
/// </summary>
public static class JsonRows
{
    /// <summary>The objects of the array at <paramref name="path"/>, without those of their own properties that are named in <paramref name="without"/>; null when there is no array there.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public static IReadOnlyList<byte[]>? Of(ReadOnlySpan<byte> json, ReadOnlySpan<string> path, params ReadOnlySpan<string> without)
    {
        var reader = new Utf8JsonReader(json);
        if (!Find(ref reader, path) || reader.TokenType != JsonTokenType.StartArray) return null;
        var rows = new List<byte[]>();
        var copy = new Copy(without);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) rows.Add(copy.Row(ref reader));
        while (reader.Read()) { }   // what follows the rows must be JSON as well, or the answer was cut off
        return rows;
    }

    /// <summary>One value as canonical bytes.</summary>
    public static byte[] Canonical(ReadOnlySpan<byte> json, params ReadOnlySpan<string> without)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return new Copy(without).Row(ref reader);
    }

    /// <summary>The value at <paramref name="path"/> as canonical bytes; null where there is none, or null.</summary>
    public static byte[]? Raw(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        return Find(ref reader, path) && reader.TokenType != JsonTokenType.Null ? new Copy([]).Row(ref reader) : null;
    }

    /// <summary>The text or number at <paramref name="path"/>, <c>true</c> or <c>false</c> too; null where there is none.</summary>
    public static string? Text(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        if (!Find(ref reader, path)) return null;
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
    }

    private static bool Find(ref Utf8JsonReader reader, scoped ReadOnlySpan<string> path)
    {
        if (!reader.Read()) return false;
        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            var found = false;
            while (!found && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                found = reader.ValueTextEquals(name);
                reader.Read();
                if (!found) reader.Skip();
            }
            if (!found) return false;
        }
        return true;
    }

    private sealed class Copy(ReadOnlySpan<string> without)
    {
        private readonly byte[][] without = [.. without.ToArray().Select(Encoding.UTF8.GetBytes)];
        private readonly List<(int Start, int NameEnd, int End)> members = [];
        private byte[] buffer = new byte[4096];
        private int length;

        public byte[] Row(ref Utf8JsonReader reader)
        {
            length = 0;
            Value(ref reader, outermost: true);
            return buffer.AsSpan(0, length).ToArray();
        }

        private void Value(ref Utf8JsonReader reader, bool outermost)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    Object(ref reader, outermost);
                    break;
                case JsonTokenType.StartArray:
                    Add((byte)'[');
                    for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
                    {
                        if (!first) Add((byte)',');
                        Value(ref reader, outermost: false);
                    }
                    Add((byte)']');
                    break;
                case JsonTokenType.String:
                    Add((byte)'"');
                    Add(reader.ValueSpan);
                    Add((byte)'"');
                    break;
                default:
                    Add(reader.ValueSpan);
                    break;
            }
        }

        private void Object(ref Utf8JsonReader reader, bool outermost)
        {
            Add((byte)'{');
            var (start, firstMember, ordered) = (length, members.Count, true);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (outermost && IsLeftOut(reader.ValueSpan))
                {
                    reader.Skip();
                    continue;
                }
                if (members.Count > firstMember) Add((byte)',');
                var memberStart = length;
                Add((byte)'"');
                Add(reader.ValueSpan);
                var nameEnd = length;
                Add("\":"u8);
                reader.Read();
                Value(ref reader, outermost: false);
                if (ordered && members.Count > firstMember) ordered = Name(members[^1]).SequenceCompareTo(buffer.AsSpan(memberStart + 1, nameEnd - memberStart - 1)) <= 0;
                members.Add((memberStart, nameEnd, length));
            }
            if (!ordered) Reorder(start, firstMember);
            members.RemoveRange(firstMember, members.Count - firstMember);
            Add((byte)'}');
        }

        private void Reorder(int start, int firstMember)
        {
            var size = length - start;
            var scratch = ArrayPool<byte>.Shared.Rent(size);
            // By insertion: objects are short, and vendors send most of them nearly in order.
            for (var i = firstMember + 1; i < members.Count; i++)
            {
                var member = members[i];
                var to = i;
                for (; to > firstMember && Name(members[to - 1]).SequenceCompareTo(Name(member)) > 0; to--) members[to] = members[to - 1];
                members[to] = member;
            }
            var at = 0;
            for (var i = firstMember; i < members.Count; i++)
            {
                if (i > firstMember) scratch[at++] = (byte)',';
                var (from, _, end) = members[i];
                buffer.AsSpan(from, end - from).CopyTo(scratch.AsSpan(at));
                at += end - from;
            }
            scratch.AsSpan(0, size).CopyTo(buffer.AsSpan(start));
            ArrayPool<byte>.Shared.Return(scratch);
        }

        private ReadOnlySpan<byte> Name((int Start, int NameEnd, int End) member) => buffer.AsSpan(member.Start + 1, member.NameEnd - member.Start - 1);

        private bool IsLeftOut(ReadOnlySpan<byte> name)
        {
            foreach (var left in without)
                if (name.SequenceEqual(left)) return true;
            return false;
        }

        private void Add(byte one)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            buffer[length++] = one;
        }

        private void Add(ReadOnlySpan<byte> bytes)
        {
            while (length + bytes.Length > buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            bytes.CopyTo(buffer.AsSpan(length));
            length += bytes.Length;
        }
    }
}
