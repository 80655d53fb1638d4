using System.Globalization;
using System.Text;

namespace IntegrationHub.Sandbox.Shopify.GraphQl;

/// <summary>Reads query documents: operations, variables, fragments, aliases, arguments, directives; after the GraphQL specification, October 2021, sections 2.1 to 2.12.</summary>
public sealed class Parser
{
    private readonly string text;
    private int at;
    private int line = 1;
    private int lineStart;

    private Parser(string text) => this.text = text;

    /// <summary>Reads a document.</summary>
    /// <exception cref="GraphQlException">The text is no document.</exception>
    public static Document Parse(string text) => new Parser(text).ReadDocument();

    private Document ReadDocument()
    {
        List<Operation> operations = [];
        Dictionary<string, Fragment> fragments = new(StringComparer.Ordinal);
        Skip();
        while (at < text.Length)
        {
            var place = Here();
            if (Peek() == '{')
            {
                operations.Add(new Operation("query", null, [], ReadSelections(), place));
                continue;
            }
            var word = ReadName();
            switch (word)
            {
                case "query" or "mutation" or "subscription":
                    var name = char.IsLetter(Peek()) || Peek() == '_' ? ReadName() : null;
                    var variables = Peek() == '(' ? ReadVariables() : [];
                    ReadDirectives();
                    operations.Add(new Operation(word, name, variables, ReadSelections(), place));
                    break;
                case "fragment":
                    var fragment = ReadName();
                    if (ReadName() != "on") throw Unexpected();
                    var on = ReadName();
                    ReadDirectives();
                    fragments[fragment] = new Fragment(fragment, on, ReadSelections(), place);
                    break;
                default:
                    throw Wrong($"syntax error, unexpected IDENTIFIER (\"{word}\") at [{place.Line}, {place.Column}]", place);
            }
        }
        return operations.Count > 0
            ? new Document(operations, fragments)
            : throw Wrong("syntax error, unexpected end of file at [1, 1]", new Place(1, 1));
    }

    private List<VariableNode> ReadVariables()
    {
        List<VariableNode> variables = [];
        Expect('(');
        while (Peek() != ')')
        {
            var place = Here();
            Expect('$');
            var name = ReadName();
            Expect(':');
            var type = ReadType();
            var hasDefault = Peek() == '=';
            object? value = null;
            if (hasDefault)
            {
                Expect('=');
                value = ReadValue();
            }
            variables.Add(new VariableNode(name, type, hasDefault, value, place));
        }
        Expect(')');
        return variables;
    }

    private string ReadType()
    {
        string type;
        if (Peek() == '[')
        {
            Expect('[');
            type = $"[{ReadType()}]";
            Expect(']');
        }
        else
        {
            type = ReadName();
        }
        if (Peek() != '!') return type;
        Expect('!');
        return type + "!";
    }

    private List<Selection> ReadSelections()
    {
        List<Selection> selections = [];
        Expect('{');
        while (Peek() != '}')
        {
            var place = Here();
            if (Peek() == '.')
            {
                if (!text.AsSpan(at).StartsWith("...")) throw Unexpected();
                at += 3;
                Skip();
                if (Peek() is '{' or '@')
                {
                    var directives = ReadDirectives();
                    selections.Add(new InlineNode(null, ReadSelections(), directives, place));
                    continue;
                }
                var word = ReadName();
                if (word == "on")
                {
                    var on = ReadName();
                    var directives = ReadDirectives();
                    selections.Add(new InlineNode(on, ReadSelections(), directives, place));
                }
                else
                {
                    selections.Add(new SpreadNode(word, ReadDirectives(), place));
                }
                continue;
            }
            var name = ReadName();
            var alias = name;
            if (Peek() == ':')
            {
                Expect(':');
                name = ReadName();
            }
            var arguments = Peek() == '(' ? ReadArguments() : [];
            var onField = ReadDirectives();
            selections.Add(new FieldNode(alias, name, arguments, onField, Peek() == '{' ? ReadSelections() : null, place));
        }
        Expect('}');
        return selections.Count > 0 ? selections : throw Unexpected();
    }

    private List<ArgumentNode> ReadArguments()
    {
        List<ArgumentNode> arguments = [];
        Expect('(');
        while (Peek() != ')')
        {
            var place = Here();
            var name = ReadName();
            Expect(':');
            arguments.Add(new ArgumentNode(name, ReadValue(), place));
        }
        Expect(')');
        return arguments;
    }

    private List<DirectiveNode> ReadDirectives()
    {
        List<DirectiveNode> directives = [];
        while (Peek() == '@')
        {
            var place = Here();
            Expect('@');
            directives.Add(new DirectiveNode(ReadName(), Peek() == '(' ? ReadArguments() : [], place));
        }
        return directives;
    }

    private object? ReadValue()
    {
        var c = Peek();
        switch (c)
        {
            case '$':
                Expect('$');
                return new VariableUse(ReadName());
            case '"': return ReadString();
            case '[':
                List<object?> items = [];
                Expect('[');
                while (Peek() != ']') items.Add(ReadValue());
                Expect(']');
                return items;
            case '{':
                Dictionary<string, object?> members = new(StringComparer.Ordinal);
                Expect('{');
                while (Peek() != '}')
                {
                    var name = ReadName();
                    Expect(':');
                    members[name] = ReadValue();
                }
                Expect('}');
                return members;
        }
        if (c == '-' || char.IsAsciiDigit(c)) return ReadNumber();
        return ReadName() switch { "true" => true, "false" => false, "null" => null, var word => new EnumNode(word) };
    }

    private object ReadNumber()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '-' or '+' or '.' or 'e' or 'E')) at++;
        var number = text[start..at];
        Skip();
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : throw Unexpected();
    }

    private string ReadString()
    {
        if (text.AsSpan(at).StartsWith("\"\"\""))
        {
            var end = text.IndexOf("\"\"\"", at + 3, StringComparison.Ordinal);
            if (end < 0) throw Unexpected();
            var block = text[(at + 3)..end];
            Advance(end + 3);
            Skip();
            return block.Trim();
        }
        var read = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\n') throw Unexpected();
            if (text[at] != '\\')
            {
                read.Append(text[at]);
                continue;
            }
            if (++at >= text.Length) throw Unexpected();
            switch (text[at])
            {
                case 'u'
                    when at + 4 < text.Length
                        && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                    read.Append((char)code);
                    at += 4;
                    break;
                case 'n': read.Append('\n'); break;
                case 't': read.Append('\t'); break;
                case 'r': read.Append('\r'); break;
                case 'b': read.Append('\b'); break;
                case 'f': read.Append('\f'); break;
                case '"' or '\\' or '/': read.Append(text[at]); break;
                default: throw Unexpected();
            }
        }
        if (at >= text.Length) throw Unexpected();
        at++;
        Skip();
        return read.ToString();
    }

    private string ReadName()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
        if (start == at || char.IsAsciiDigit(text[start])) throw Unexpected();
        var name = text[start..at];
        Skip();
        return name;
    }

    private char Peek() => at < text.Length ? text[at] : '\0';

    private void Expect(char c)
    {
        if (Peek() != c) throw Unexpected();
        at++;
        Skip();
    }

    /// <summary>Passes over what the language ignores: white space, commas, comments.</summary>
    private void Skip()
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '#')
            {
                while (at < text.Length && text[at] != '\n') at++;
            }
            else if (c is ' ' or '\t' or '\r' or ',' or '\uFEFF')
            {
                at++;
            }
            else if (c == '\n')
            {
                Advance(at + 1);
            }
            else
            {
                return;
            }
        }
    }

    private void Advance(int to)
    {
        for (; at < to; at++)
        {
            if (text[at] != '\n') continue;
            line++;
            lineStart = at + 1;
        }
    }

    private Place Here() => new(line, at - lineStart + 1);

    private GraphQlException Unexpected()
    {
        var place = Here();
        return Wrong(at >= text.Length
            ? $"syntax error, unexpected end of file at [{place.Line}, {place.Column}]"
            : $"syntax error, unexpected invalid token (\"{text[at]}\") at [{place.Line}, {place.Column}]", place);
    }

    private static GraphQlException Wrong(string message, Place place) => new(message, place);
}
