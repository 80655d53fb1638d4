using System.Text;

namespace IntegrationHub.Store;

/// <summary>One string for a text that comes again and again, made of its UTF-8 once. Forgets, so that a million different ones take no room. Not thread-safe.</summary>
internal sealed class RepeatedTexts
{
    private readonly (byte[] Utf8, string Text)[] slots = new (byte[], string)[1 << 14];

    public string One(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref slots[hash.ToHashCode() & slots.Length - 1];
        if (slot.Utf8 is { } known && utf8.SequenceEqual(known)) return slot.Text;
        slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return slot.Text;
    }
}
