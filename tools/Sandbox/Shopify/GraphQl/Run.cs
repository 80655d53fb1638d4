using System.Collections;
using System.Text.Json;

namespace IntegrationHub.Sandbox.Shopify.GraphQl;

/// <summary>Runs a plan: writes the data and counts what it cost.</summary>
public sealed class Run(IReadOnlyDictionary<string, object?> variables, object root)
{
    // The arguments of a field are the same for each of a page's rows: bound once.
    private readonly Dictionary<PlanField, Arguments> bound = new(ReferenceEqualityComparer.Instance);

    /// <summary>Cost points of the answer as it came out.</summary>
    public int ActualCost { get; private set; }

    /// <summary>
    /// What the query would cost at most: an object one point, a connection two and one for each row that it may hold with what is asked of the row; leaves nothing
    /// (Shopify, "API rate limits", calculated query cost).
    /// </summary>
    public static int RequestedCost(IReadOnlyList<PlanField> fields, IReadOnlyDictionary<string, object?> variables)
    {
        var cost = 0L;
        foreach (var field in fields)
        {
            if (field.Field is not { } of || !field.Wanted(variables)) continue;
            cost += of.Shape switch
            {
                Shape.Scalar => 0,
                Shape.One when of.Name == "pageInfo" => 0,
                Shape.One when of.Name == "node" => RequestedCost(field.Children, variables),
                Shape.One => 1 + RequestedCost(field.Children, variables),
                Shape.Connection => 2 + Size(field, variables) * (long)Rows(field, variables),
                _ => Size(field, variables) * (1L + RequestedCost(field.Children, variables)),
            };
        }
        return (int)Math.Min(cost, int.MaxValue);
    }

    /// <summary>Writes the selected fields of one object.</summary>
    public void Write(Utf8JsonWriter json, IReadOnlyList<PlanField> fields, object of)
    {
        json.WriteStartObject();
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (field.Conditions.Count > 0 && !field.Wanted(variables)) continue;
            json.WritePropertyName(field.Key);
            if (field.Field is not { } known) json.WriteStringValue(field.TypeName);
            else WriteValue(json, field, known, known.Value(of, ArgumentsOf(field)));
        }
        json.WriteEndObject();
    }

    /// <summary>Writes the whole answer's data.</summary>
    public void Write(Utf8JsonWriter json, IReadOnlyList<PlanField> fields) => Write(json, fields, root);

    private void WriteValue(Utf8JsonWriter json, PlanField field, GraphField known, object? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }
        switch (known.Shape)
        {
            case Shape.Scalar:
                WriteScalar(json, value);
                break;
            case Shape.Many:
                json.WriteStartArray();
                foreach (var item in (IEnumerable)value)
                {
                    ActualCost++;
                    Write(json, field.Children, item);
                }
                json.WriteEndArray();
                break;
            default:
                ActualCost += known.Shape == Shape.Connection ? 2 : known.Name is "pageInfo" or "node" ? 0 : 1;
                Write(json, field.Children, value);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text: json.WriteStringValue(text); return;
            case bool flag: json.WriteBooleanValue(flag); return;
            case int number: json.WriteNumberValue(number); return;
            case long number: json.WriteNumberValue(number); return;
        }
        json.WriteStartArray();
        foreach (var item in (IEnumerable<string>)value) json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private Arguments ArgumentsOf(PlanField field)
    {
        if (field.Field!.Arguments.Length == 0) return Arguments.None;
        if (!bound.TryGetValue(field, out var arguments)) bound[field] = arguments = field.Bind(variables);
        return arguments;
    }

    private static int Size(PlanField field, IReadOnlyDictionary<string, object?> variables)
    {
        var arguments = field.Bind(variables);
        return arguments.Number("first") ?? arguments.Number("last") ?? 1;
    }

    private static int Rows(PlanField connection, IReadOnlyDictionary<string, object?> variables)
    {
        var rows = connection.Children.Where(c => c.Field?.Name is "nodes" or "edges" && c.Wanted(variables)).ToList();
        return rows.Count == 0 ? 0 : rows.Sum(r => 1 + RequestedCost(r.Children, variables));
    }
}
