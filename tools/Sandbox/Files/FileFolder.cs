using System.Globalization;
using System.Text;
using IntegrationHub.Sandbox.World;

namespace IntegrationHub.Sandbox.Files;

/// <summary>The files source: a Salesforce report of contacts and a list of badges typed at a fair. All access under <see cref="Lock"/>.</summary>
public sealed class FileFolder
{
    /// <summary>Name of the Salesforce report in the folder.</summary>
    public const string ContactsFile = "salesforce-contacts.csv";

    /// <summary>Name of the list of badges in the folder.</summary>
    public const string BadgesFile = "fair-badges.csv";

    /// <summary>The report's columns.</summary>
    public static IReadOnlyList<string> ContactColumns { get; } =
    [
        "Contact ID",
        "Salutation",
        "First Name",
        "Last Name",
        "Title",
        "Account Name",
        "Mailing Street",
        "Mailing City",
        "Mailing State/Province",
        "Mailing Zip/Postal Code",
        "Mailing Country",
        "Phone",
        "Mobile",
        "Email",
        "Birthdate",
        "Email Opt Out",
        "Contact Owner",
        "Last Modified Date",
    ];

    /// <summary>The badges' columns, which no program's export has: they need a mapping.</summary>
    public static IReadOnlyList<string> BadgeColumns { get; } = ["Badge", "Attendee", "Mail", "Tel", "Firma", "Ort", "Day"];

    private readonly List<string?[]> contacts = [];
    private readonly List<string?[]> badges = [];
    private readonly Dictionary<string, string> damaged = new(StringComparer.Ordinal);
    private string? folder;

    private FileFolder() { }

    /// <summary>Held while rows are read or changed.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Rows of the report, by <see cref="ContactColumns"/>.</summary>
    public IReadOnlyList<string?[]> Contacts => contacts;

    /// <summary>Rows of the badges, by <see cref="BadgeColumns"/>.</summary>
    public IReadOnlyList<string?[]> Badges => badges;

    /// <summary>Where the files lie; null before <see cref="Write"/>.</summary>
    public string? Folder => folder;

    /// <summary>Both lists.</summary>
    /// <param name="contactEntries">Who is in the report.</param><param name="badgeEntries">Who has a badge.</param><param name="years">The years that the data spans.</param>
    /// <param name="seed">The seed.</param><param name="damage">A tenth of it is the share of rows behind which a damaged line without an id stands.</param><param name="truth">Gets a row for each.</param>
    public static FileFolder Make(List<Entry> contactEntries, List<Entry> badgeEntries, Years years, int seed, double damage, List<TruthRow> truth)
    {
        var made = new FileFolder();
        var dice = Dice.For(seed, "files");
        var harm = Dice.For(seed, "damage"); // Apart, so that damage leaves the records as they are.
        var number = 0;
        foreach (var entry in contactEntries.OrderBy(e => e.Created).ThenBy(e => e.Of.Number))
        {
            var id = $"003Qy{Base36(++number * 37 + dice.Below(37)),10}".Replace(' ', '0');
            made.contacts.Add([
                id,
                entry.Title,
                entry.FirstCell(titled: false),
                entry.LastCell,
                entry.JobTitle,
                entry.Company,
                entry.Unit is null ? entry.Street : $"{entry.Street}\n{entry.Unit}",
                entry.City,
                entry.Region,
                entry.Postcode,
                entry.Country,
                entry.Phone,
                entry.Mobile,
                entry.Mail,
                entry.Birth?.ToString("M/d/yyyy", CultureInfo.InvariantCulture),
                entry.Wish == Wish.No ? "1" : "0",
                dice.Pick(["Erin Walsh", "Jonas Feld", "Priya Nair", "Luc Marchal"]),
                years.At(entry.Changed).ToString("M/d/yyyy", CultureInfo.InvariantCulture),
            ]);
            truth.Add(new TruthRow("files", "contacts", id, entry.Of.Number));
            if (harm.Chance(damage * 0.1)) made.damaged[id] = harm.Chance(0.5) ? ",too few cells" : $",,one \"two,three {harm.Digits(5)}";
        }
        number = 10_000;
        foreach (var entry in badgeEntries.OrderBy(e => e.Of.Number))
        {
            var badge = $"B{++number}";
            made.badges.Add([
                badge,
                Attendee(entry, dice),
                entry.Mail,
                entry.Phone ?? entry.Mobile,
                entry.Company,
                entry.City,
                dice.Pick(["Mo", "Di", "Mi"]),
            ]);
            truth.Add(new TruthRow("files", "contacts", badge, entry.Of.Number));
            if (harm.Chance(damage * 0.1)) made.damaged[badge] = harm.Chance(0.5) ? ";ragged" : ";a;b;c;d;e;f;g;too;many";
        }
        return made;
    }

    /// <summary>Writes both files; each is replaced in one step, so that a reader never sees half of one.</summary>
    public void Write(string into)
    {
        Directory.CreateDirectory(into);
        folder = into;
        lock (Lock)
        {
            Replace(ContactsFile, ContactColumns, contacts, ',', bom: false);
            Replace(BadgesFile, BadgeColumns, badges, ';', bom: true);
        }
    }

    /// <summary>Changes a cell of a row. Under the lock; <see cref="Write"/> brings it to the file.</summary>
    public static void Set(string?[] row, IReadOnlyList<string> columns, string column, string value) =>
        row[columns.ToList().IndexOf(column)] = value;

    /// <summary>Takes a row out, by its id.</summary>
    public void Remove(string id)
    {
        contacts.RemoveAll(r => r[0] == id);
        badges.RemoveAll(r => r[0] == id);
    }

    private void Replace(string name, IReadOnlyList<string> columns, List<string?[]> rows, char separator, bool bom)
    {
        var path = Path.Combine(folder!, name);
        var temporary = path + ".new";
        using (var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(bom)))
        {
            writer.Write(Csv.Row(columns, separator));
            foreach (var row in rows)
            {
                writer.Write(Csv.Row(row, separator));
                if (damaged.TryGetValue(row[0]!, out var line)) writer.Write(line + "\r\n");
            }
        }
        File.Move(temporary, path, overwrite: true);
    }

    private static string? Attendee(Entry entry, Dice dice)
    {
        string?[] parts = dice.Chance(0.15) && entry.Surname is not null
            ? [$"{entry.Surname},", entry.Title, entry.Given]
            : [entry.Title, entry.Given, entry.Middle, entry.Surname, entry.Suffix];
        var whole = string.Join(' ', parts.Where(p => !string.IsNullOrWhiteSpace(p)));
        return whole.Length == 0 ? null : whole;
    }

    private static string Base36(long number)
    {
        const string digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var text = "";
        do text = digits[(int)(number % 36)] + text;
        while ((number /= 36) > 0);
        return text;
    }
}
