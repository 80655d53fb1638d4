namespace IntegrationHub.DataGenerator.World;

/// <summary>
/// Counts mailboxes of one name, so that none is handed out twice. A table of counters stands in for the set of all names: names that fall on one counter merely get a higher number than they
/// need. Four bytes for each of four counters a mailbox, and 64 MB at most. Not thread-safe: the order of asking is the order of people.
/// </summary>
public sealed class MailboxRegister
{
    private const int Most = 1 << 24;

    private readonly int[] counts;

    /// <summary>A register for about so many mailboxes.</summary>
    public MailboxRegister(long mailboxes)
    {
        var size = 1 << 10;
        while (size < Most && size < 4 * mailboxes) size <<= 1;
        counts = new int[size];
    }

    /// <summary>Gives a mailbox its number.</summary>
    public void Add(Mailbox mailbox) => mailbox.Take(counts[(mailbox.Key ^ (mailbox.Key >> 29)) & (ulong)(counts.Length - 1)]++);
}
