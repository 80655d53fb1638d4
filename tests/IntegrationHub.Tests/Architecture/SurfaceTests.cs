using Mono.Cecil;

namespace IntegrationHub.Tests.Architecture;

public sealed class SurfaceTests
{
    private const string Approved = "tests/IntegrationHub.Tests/Architecture/ConnectSurface.txt";

    /// <summary>Connector authors build on it: a change is made on purpose, and seen in the review.</summary>
    [Fact]
    public void The_surface_of_the_connector_SDK_is_the_approved_one()
    {
        var now = Surface().ToList();
        var approved = House.Exists(Approved) ? House.Text(Approved).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        if (now.SequenceEqual(approved, StringComparer.Ordinal)) return;
        var received = Path.Combine(AppContext.BaseDirectory, "ConnectSurface.txt");
        File.WriteAllText(received, string.Join('\n', now) + "\n");
        Assert.Fail(
            $"The public surface of IntegrationHub.Connect has changed. If you mean it: cp \"{received}\" \"{Path.Combine(Recipes.Repository.Root, Approved)}\", and say so in CHANGELOG.md.\n"
            + $"New:\n  {string.Join("\n  ", now.Except(approved))}\nGone:\n  {string.Join("\n  ", approved.Except(now))}");
    }

    private static IEnumerable<string> Surface() =>
        House.Types("IntegrationHub.Connect").Where(IsVisible).OrderBy(t => t.FullName, StringComparer.Ordinal)
            .SelectMany(t => Members(t).Order(StringComparer.Ordinal).Prepend(Header(t)));

    private static string Header(TypeDefinition type)
    {
        var parents = type.Interfaces.Select(i => i.InterfaceType.FullName).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent.FullName is not ("System.Object" or "System.ValueType" or "System.Enum")) parents.Insert(0, parent.FullName);
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : "class";
        return $"{kind} {type.FullName}{(parents.Count > 0 ? $" : {string.Join(", ", parents)}" : "")}";
    }

    private static IEnumerable<string> Members(TypeDefinition type) =>
        type.Methods.Where(m => (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly) && IsWritten(m)).Select(m => $"{type.FullName}: {(m.IsStatic ? "static " : "")}{m.FullName}")
            .Concat(type.Fields.Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName).Select(f => $"{type.FullName}: {(f.HasConstant ? $"const {f.FullName} = {f.Constant}" : f.FullName)}"));

    /// <summary>Not what the compiler adds to each record. A record's accessors are generated too, and do belong to the surface.</summary>
    private static bool IsWritten(MethodDefinition method) =>
        method.IsGetter || method.IsSetter ? method.Name != "get_EqualityContract" : method.CustomAttributes.All(a => a.AttributeType.Name != "CompilerGeneratedAttribute");

    private static bool IsVisible(TypeDefinition type) => type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType));
}
