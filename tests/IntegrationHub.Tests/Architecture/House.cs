using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IntegrationHub.Tests.Architecture;

/// <summary>The house as it was built: source files, project files, assemblies, and what each type of them uses.</summary>
internal static class House
{
    private static readonly string Root = Recipes.Repository.Root;

    internal static IReadOnlyList<string> Projects { get; } =
        ["src/IntegrationHub.Core", "src/IntegrationHub.Connect", "src/IntegrationHub.Store", "src/IntegrationHub.Engine", "src/IntegrationHub.Host", "connectors"];

    /// <summary>Assemblies by the name of their project; <c>hub</c> is the host's.</summary>
    internal static IReadOnlyDictionary<string, AssemblyDefinition> Assemblies { get; } =
        new[] { "IntegrationHub.Core", "IntegrationHub.Connect", "IntegrationHub.Store", "IntegrationHub.Engine", "hub", "IntegrationHub.Connectors" }
            .ToDictionary(n => n, n => AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, n + ".dll")), StringComparer.Ordinal);

    /// <summary>Types that people wrote, nested ones too; without what compiler and source generators made, and without migrations.</summary>
    internal static IEnumerable<TypeDefinition> Types(params string[] assemblies) =>
        (assemblies.Length == 0 ? Assemblies.Keys : assemblies)
            .SelectMany(a => Assemblies[a].MainModule.GetTypes())
            .Where(t => !Generated(t) && NamespaceOf(t).StartsWith("IntegrationHub", StringComparison.Ordinal) && !NamespaceOf(t).Contains(".Migrations", StringComparison.Ordinal));

    internal static string NamespaceOf(TypeReference type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    /// <summary>A file of the repository, with slashes.</summary>
    internal static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>Source files under a folder, as paths from the root with slashes; without build output and migrations.</summary>
    internal static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.cs", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    internal static IEnumerable<string> Folders(string path) =>
        Directory.EnumerateDirectories(Path.Combine(Root, path)).Select(d => Path.GetFileName(d)).Where(d => d is not ("obj" or "bin")).Order(StringComparer.Ordinal);

    /// <summary>Each type of this project's namespaces that a type names: in its declaration, its members or their bodies.</summary>
    internal static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        var used = new List<TypeReference?> { type.BaseType };
        used.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        used.AddRange(type.Fields.Select(f => f.FieldType));
        used.AddRange(type.CustomAttributes.Select(a => a.AttributeType));
        foreach (var method in type.Methods)
        {
            used.Add(method.ReturnType);
            used.AddRange(method.Parameters.Select(p => p.ParameterType));
            used.AddRange(method.CustomAttributes.Select(a => a.AttributeType));
            if (method.HasBody) used.AddRange(UsedBy(method.Body));
        }

        // State machines and closures are nested types that the compiler made: what they use, their owner uses.
        used.AddRange(type.NestedTypes.Where(Generated).SelectMany(UsedBy));
        return used.OfType<TypeReference>().SelectMany(Unfold).Where(t => NamespaceOf(t).StartsWith("IntegrationHub", StringComparison.Ordinal));
    }

    /// <summary>Fails with every violator, but for those that are exempt. An exemption that nothing needs any more fails too.</summary>
    /// <param name="rule">What holds, and the cure.</param>
    /// <param name="violations">Violators: the first word is looked up among the exemptions.</param>
    /// <param name="exempt">The violator and the reason why it may.</param>
    internal static void Holds(string rule, IEnumerable<string> violations, IReadOnlyDictionary<string, string>? exempt = null)
    {
        var all = violations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var open = all.Where(v => exempt is null || !exempt.ContainsKey(v.Split(' ')[0])).ToList();
        Assert.True(open.Count == 0, $"{rule}\n{open.Count} violate it:\n  {string.Join("\n  ", open)}");
        var idle = exempt?.Keys.Where(e => all.TrueForAll(v => v.Split(' ')[0] != e)).ToList() ?? [];
        Assert.True(idle.Count == 0, $"{rule}\nThese exemptions are needed no more, strike them off: {string.Join(", ", idle)}");
    }

    internal static bool Generated(TypeDefinition type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || type.Name.Contains("__", StringComparison.Ordinal)
        || type.Namespace.EndsWith("RefitInternalGenerated", StringComparison.Ordinal)
        || type.CustomAttributes.Any(a => a.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute")
        || (type.DeclaringType is { } outer && Generated(outer));

    private static IEnumerable<TypeReference> UsedBy(MethodBody body)
    {
        foreach (var variable in body.Variables) yield return variable.VariableType;
        foreach (var handler in body.ExceptionHandlers)
            if (handler.CatchType is { } caught) yield return caught;
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    yield return type;
                    break;
                case MethodReference method:
                    yield return method.DeclaringType;
                    yield return method.ReturnType;
                    foreach (var p in method.Parameters) yield return p.ParameterType;
                    if (method is GenericInstanceMethod generic)
                        foreach (var a in generic.GenericArguments) yield return a;
                    break;
                case FieldReference field:
                    yield return field.DeclaringType;
                    yield return field.FieldType;
                    break;
            }
        }
    }

    /// <summary>The type itself, what it is an array or reference of, and its generic arguments.</summary>
    private static IEnumerable<TypeReference> Unfold(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Unfold)],
        TypeSpecification specification => Unfold(specification.ElementType),
        _ => [type],
    };
}
