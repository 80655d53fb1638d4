using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Sandbox.Http;

namespace IntegrationHub.Sandbox.Mailchimp;

/// <summary>What <c>fields</c> and <c>exclude_fields</c> leave of an answer: top-level members, members' own fields, and their parts in dot notation.</summary>
public sealed class Projection
{
    private static readonly ConcurrentDictionary<(string, string, string?), Projection> Known = new();

    private readonly string[] include;
    private readonly string[] exclude;
    private readonly string? list;
    private readonly int[] whole;
    private readonly int[] partial;

    private Projection(string fields, string excluded, string? list)
    {
        this.list = list;
        include = fields.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        exclude = excluded.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var prefix = list is null ? "" : list + ".";
        whole =
        [
            .. Enumerable
                .Range(0, MailchimpMember.Fields.Count)
                .Where(i => Has(prefix + MailchimpMember.Fields[i]) && !Cut(prefix + MailchimpMember.Fields[i])),
        ];
        partial =
        [
            .. Enumerable.Range(0, MailchimpMember.Fields.Count).Where(i => !whole.Contains(i) && Touches(prefix + MailchimpMember.Fields[i])),
        ];
    }

    /// <summary>The projection of a request; kept, since all pages of a pull use one.</summary>
    /// <param name="fields">fields</param><param name="excluded">exclude_fields</param><param name="list">The member that holds the rows; null where the answer is one row.</param>
    public static Projection Of(string? fields, string? excluded, string? list)
    {
        if (Known.Count > 200) Known.Clear();
        return Known.GetOrAdd((fields ?? "", excluded ?? "", list), static k => new Projection(k.Item1, k.Item2, k.Item3));
    }

    /// <summary>True when the answer has this member, as a whole.</summary>
    public bool Has(string path) =>
        (include.Length == 0 || include.Any(i => path == i || path.StartsWith(i + ".", StringComparison.Ordinal)))
        && !exclude.Any(e => path == e || path.StartsWith(e + ".", StringComparison.Ordinal));

    /// <summary>True when the answer has the member or a part of it.</summary>
    public bool Whole(string path) => Has(path) || Touches(path);

    /// <summary>Writes what is left of one member.</summary>
    public void Write(Utf8JsonWriter json, MailchimpMember member)
    {
        if (partial.Length == 0)
        {
            member.Write(json, whole);
            return;
        }
        // Parts of nested objects are seldom asked for: cut them out of the whole.
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(2048);
        using (var all = new Utf8JsonWriter(buffer, Reply.Options)) member.Write(all, [.. whole.Concat(partial).Order()]);
        Pruned(buffer.WrittenSpan, list)?.WriteTo(json);
    }

    /// <summary>What is left of any answer.</summary>
    /// <param name="answer">JSON as it would be in whole.</param><param name="path">Where it stands within the answer; null for the answer itself.</param>
    public JsonNode? Pruned(ReadOnlySpan<byte> answer, string? path = null)
    {
        var node = JsonNode.Parse(answer);
        Prune(node, path);
        return node;
    }

    private void Prune(JsonNode? node, string? path)
    {
        switch (node)
        {
            case JsonArray rows:
                foreach (var row in rows) Prune(row, path);
                break;
            case JsonObject members:
                foreach (var name in members.Select(m => m.Key).ToList())
                {
                    var inner = path is null ? name : $"{path}.{name}";
                    if (!Touches(inner)) members.Remove(name);
                    else if (!Has(inner) || Cut(inner)) Prune(members[name], inner);
                }
                break;
        }
    }

    private bool Touches(string path) =>
        !exclude.Contains(path)
        && (
            include.Length == 0
            || include.Any(i => i.StartsWith(path + ".", StringComparison.Ordinal) || path == i || path.StartsWith(i + ".", StringComparison.Ordinal))
        );

    private bool Cut(string path) => exclude.Any(e => e.StartsWith(path + ".", StringComparison.Ordinal));
}
