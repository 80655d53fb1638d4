using System.Globalization;
using CsCheck;
using IntegrationHub.Matching;
using IntegrationHub.Normalising;
using IntegrationHub.Vocabulary;
using static IntegrationHub.Tests.Matching.Sample;

namespace IntegrationHub.Tests.Matching;

public sealed class MatchTableTests
{
    private static readonly Column[] Columns = Enum.GetValues<Column>();

    [Fact]
    public void Records_that_several_threads_write_stand_in_the_order_that_is_set()
    {
        // More than a writer takes at once, and not a multiple of anything.
        MatchRecord[] records =
        [
            .. Enumerable.Range(0, 9_973).Select(i => Contact(
                i.ToString(CultureInfo.InvariantCulture), (Field.FirstName, $"given{i % 97}"), (Field.LastName, $"last{i % 1009}"), (Field.Email, $"info{i}@example.com"), (Field.Phone, $"+4420794{i:00000}"),
                (Field.OtherPhones, i % 5 == 0 ? $"+4930{i:00000}" : ""), (Field.OtherEmails, i % 7 == 0 ? $"second{i}@example.org" : ""))),
        ];
        var table = new MatchTable(EntityKind.Contact);
        var places = new int[records.Length];
        Parallel.For(0, 3, thread =>
        {
            var writer = table.NewWriter();
            for (var i = thread; i < records.Length; i += 3) places[i] = writer.Add(records[i]);
            writer.Complete();
        });
        table.Seal();
        table.Reorder(places);

        var expected = MatchTable.Of(EntityKind.Contact, records);
        Assert.Equal(records.Length, table.Count);
        for (var i = 0; i < records.Length; i++) Assert.Equal(TextsOf(expected, i), TextsOf(table, i));
    }

    [Fact]
    public void An_order_that_leaves_records_out_is_refused()
    {
        var table = MatchTable.Of(EntityKind.Contact, [Contact("1"), Contact("2")]);
        Assert.Throws<ArgumentException>(() => table.Reorder([1]));
    }

    [Fact]
    public void A_table_that_grows_record_by_record_keeps_them_all()
    {
        var table = new MatchTable(EntityKind.Contact);
        for (var i = 0; i < 5_000; i++) table.Add([Contact("", (Field.LastName, $"last{i}"))]);
        table.Seal();
        for (var i = 0; i < 5_000; i++) Assert.Equal($"last{i}", table.Text(Column.Last, i).ToString());
    }

    [Fact]
    public void Fields_that_nothing_compared_depends_on_do_not_matter() => RawValues.Array[Fields.Count].Sample(cells =>
    {
        var (all, some) = (new FieldValues.Builder(), new FieldValues.Builder());
        foreach (var field in Enum.GetValues<Field>().Where(f => f is not (Field.EmailKey or Field.PhoneKey)))
        {
            all[field] = cells[(int)field];
            if (MatchRecord.DependsOn(field)) some[field] = cells[(int)field];
        }

        Assert.Equal(TextsOf(TableOf(some.Build()), 0), TextsOf(TableOf(all.Build()), 0));
    });

    private static Gen<string> RawValues { get; } = Gen.OneOf(
        "", "Anna", "O'Brien, Mary", "Dr. Jan van der Berg Jr.", "anna@gmial.com", "info@example.co.uk", "020 7946 0018 ext. 12", "+49 30 123456", "de", "United Kingdom", "Europe/Berlin", "2024-02-29",
        "03/04/1990", "12b High Street, London SW1A 1AA", "Müller GmbH & Co. KG", "Vice President, Sales", "CA", "94103-1234", "12", "Flat 3", "yes", "123-45-6789");

    private static MatchTable TableOf(FieldValues raw) => MatchTable.Of(
        EntityKind.Contact, [MatchRecord.From(RecordNormaliser.Normalise(new MappedRecord(new SourceKey("file", Streams.Contacts, ""), EntityKind.Contact, raw, [], null, [], null)))]);

    private static string TextsOf(MatchTable table, int record) => string.Join(
        " | ",
        (string[])[
            .. Columns.Select(c => table.Text(c, record).ToString()), table.FlagsOf(record).ToString(),
            .. table.OtherEmailsOf(record).ToArray().Select(e => $"{table.ValuesOf(Column.EmailLocal)[e.Local]}@{table.ValuesOf(Column.EmailDomain)[e.Domain]}"),
            .. table.OtherPhonesOf(record).ToArray().Select(p => table.ValuesOf(Column.Phone)[p].ToString()),
        ]);
}
