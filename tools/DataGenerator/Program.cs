using System.Diagnostics;
using IntegrationHub.DataGenerator;

GeneratorOptions options;
try
{
    options = GeneratorOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(GeneratorOptions.Usage);
    return 1;
}

try
{
    var clock = Stopwatch.StartNew();
    var rows = ContactFiles.Write(options);
    Console.WriteLine($"{rows:N0} rows in {clock.Elapsed.TotalSeconds:F1} s");
    return 0;
}
catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
