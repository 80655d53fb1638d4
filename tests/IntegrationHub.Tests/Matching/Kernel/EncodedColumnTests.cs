using IntegrationHub.Matching.Kernel;

namespace IntegrationHub.Tests.Matching.Kernel;

public sealed class EncodedColumnTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void The_codes_are_those_of_adding_row_by_row_whatever_the_number_of_threads(int threads)
    {
        // Values that first appear late, often, once, or not at all in a slice.
        static string? ValueOf(int row) => row % 11 == 0 ? null : $"v{(row < 60_000 ? (long)row * row % 7919 : row % 30_011)}";

        const int rows = 100_003;
        var expected = new ValueDictionary();
        var codes = Enumerable.Range(0, rows).Select(r => ValueOf(r) is { } value ? expected.Add(value) : EncodedColumn.Missing).ToArray();

        var column = EncodedColumn.Of(rows, ValueOf, threads, CancellationToken.None);
        Assert.Equal(codes, column.Codes.ToArray());
        Assert.Equal(expected.Count, column.Values.Count);
        for (var code = 0; code < expected.Count; code++) Assert.Equal(expected[code].ToString(), column.Values[code].ToString());
    }

    [Fact]
    public void No_rows_give_no_codes_and_rows_without_a_value_no_values()
    {
        Assert.Equal(0, EncodedColumn.Of(0, _ => "x", 2, CancellationToken.None).Codes.Length);
        var column = EncodedColumn.Of(3, _ => null, 2, CancellationToken.None);
        Assert.Equal([-1, -1, -1], column.Codes.ToArray());
        Assert.Equal(0, column.Values.Count);
    }

    [Fact]
    public void It_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => EncodedColumn.Of(100_000, r => $"{r}", 2, stop.Token));
    }
}
