namespace IntegrationHub.Store;

/// <summary>Rows of a table that are one contact's.</summary>
/// <param name="Name">The table.</param>
/// <param name="Where">SQL that is true of them; its parameters are those of <see cref="ContactScope.Arguments"/>.</param>
internal sealed record PersonalTable(string Name, Func<Session, string> Where);

/// <summary>Which rows are one contact's. Export and erasure go by this one list, so that what is shown is what is erased; a test holds that every table is here or in <see cref="Others"/>.</summary>
internal static class PersonalTables
{
    /// <summary>Tables whose rows are exported, and deleted on erasure.</summary>
    public static IReadOnlyList<PersonalTable> All { get; } =
    [
        OfRecord("source_record", "id"), OfRecord("clean_record"), OfRecord("issue"), OfRecord("consent_entry"), OfRecord("match_key"), OfRecord("finer_key"), OfRecord("cluster_member"), OfRecord("crosswalk"),
        OfRecord("field_lock"),
        new("edge", s => $"{s.Among("a", 0)} OR {s.Among("b", 0)}"),
        new("merge_queue", s => $"{s.Among("record_a", 0)} OR {s.Among("record_b", 0)}"),
        new("decision_pair", s => $"{s.Among("a", 3)} OR {s.Among("b", 3)}"),
        OfGolden("golden_record", "id"),
        new("golden_alias", s => $"{s.Among("alias", 1)} OR {s.Among("golden_id", 1)}"),
        new("merge_event", s => $"{s.Among("golden_id", 1)} OR {s.Among("absorbed_id", 1)}"),
        new("fix_item", s => $"{s.Among("golden_id", 1)} OR {s.Among("record_id", 0)}"),
        OfRecord("quarantine"),
        new("outbox", s => s.Among("golden_id", 1)),
        new("event", s => $"{s.Among("golden_id", 1)} OR {s.Among("record_id", 0)} OR (golden_id IS NULL AND ({s.Among("email_point", 4)} OR {s.Among("phone_point", 4)}))"),
        OfGolden("journey"), OfGolden("enrolment"), OfGolden("effect"), OfGolden("message"), OfGolden("contact_score"),
        new("work", s => $"(stage < {(int)Stage.Sync} AND {s.Among("key", 0)}) OR (stage >= {(int)Stage.Sync} AND {s.Among("key", 2)})"),
    ];

    /// <summary>Tables without rows of one contact alone, and why that is so or what erasure does instead.</summary>
    public static IReadOnlyDictionary<string, string> Others { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["source"] = "Of a system.",
        ["stream_state"] = "Of a stream: how far it was pulled.",
        ["match_state"] = "Of a kind of records.",
        ["decision"] = "Goes when its last pair goes; its words are looked through.",
        ["suppression_entry"] = "Hashes only: they stay, so that nobody writes to who asked to be forgotten. Exported with the contact's own.",
        ["audit_trail"] = "Stays as ids, field names and reasons; values go. Exported with the contact's own.",
        ["audit"] = "Of all contacts: samples and values go. Named in the export.",
        ["run"] = "Of all sources: its errors are looked through.",
        ["fix_batch"] = "Of all its items.",
        ["workflow_version"] = "A definition.",
        ["workflow_launch"] = "Of a workflow.",
        ["workflow_test"] = "Of made-up contacts.",
        ["routing_state"] = "Of the user's own team: whose turn it is.",
        ["lease"] = "Of a process.",
    };

    private static PersonalTable OfRecord(string table, string column = "record_id") => new(table, s => s.Among(column, 0));

    private static PersonalTable OfGolden(string table, string column = "golden_id") => new(table, s => s.Among(column, 1));
}
