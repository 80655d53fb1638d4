using System.Globalization;

namespace IntegrationHub.DataGenerator.World;

/// <summary>A mailbox. Its number, which tells it from mailboxes that would be called the same, comes from the <see cref="MailboxRegister"/>.</summary>
public sealed class Mailbox
{
    private const int First3 = 90, First5 = 990;

    private readonly string local;
    private int number = -1;

    /// <summary>A mailbox that has no number yet.</summary>
    /// <param name="local">Small letters, dots and underscores, and perhaps a year at the end.</param>
    /// <param name="host">The domain.</param>
    /// <param name="work">True at an employer's domain.</param>
    public Mailbox(string local, string host, bool work)
    {
        this.local = local;
        (Host, Work) = (host, work);
        var hash = 14695981039346656037UL; // FNV-1a, over what providers compare: dots tell no two boxes apart.
        foreach (var c in local)
            if (c is not ('.' or '_' or '-')) hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ '@') * 1099511628211UL;
        foreach (var c in host) hash = (hash ^ c) * 1099511628211UL;
        Key = hash;
    }

    /// <summary>The domain.</summary>
    public string Host { get; }

    /// <summary>True at an employer's domain.</summary>
    public bool Work { get; }

    /// <summary>The same for all mailboxes that would be called the same.</summary>
    public ulong Key { get; }

    /// <summary>The address.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public string Address { get; private set; } = "";

    /// <summary>Gives it its number: 0 for the first of its name.</summary>
    /// <exception cref="InvalidOperationException">It has one.</exception>
    public void Take(int count)
    {
        if (number >= 0) throw new InvalidOperationException($"{local}@{Host} is registered twice.");
        number = count;
        Address = $"{local}{Suffix(count)}@{Host}";
    }

    /// <summary>
    /// Another number for each count, as people choose them: two digits, then three, then five. None looks like a year, so that a name with a year never becomes another's name with a number.
    /// </summary>
    private string Suffix(int count)
    {
        if (count == 0) return "";
        var turn = (int)(Key >> 40);
        var chosen = Work ? count + 1
            : count <= First3 ? 10 + (int)((count * 37L + turn) % 90)
            : count <= First5 ? 100 + (int)(((count - First3) * 367L + turn) % 900)
            : 30_000 + count;
        return chosen.ToString(CultureInfo.InvariantCulture);
    }
}
