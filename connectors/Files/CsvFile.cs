using System.Text;
using CsvHelper;

namespace IntegrationHub.Connectors.Files;

/// <summary>One file: what it is written in, which separator and columns it has, and its bytes from any point, always as UTF-8.</summary>
internal sealed class CsvFile
{
    private const int Beginning = 4096;

    /// <summary>A record that is longer than this is no record but an open quote, or no table at all.</summary>
    private const int LongestRecord = 1 << 20;

    private readonly int bom;
    private readonly Encoding? transcodedFrom;

    private CsvFile(FileInfo file, int bom, Encoding? transcodedFrom)
    {
        Path = file.FullName;
        Name = file.Name;
        this.bom = bom;
        this.transcodedFrom = transcodedFrom;
    }

    public string Path { get; }

    public string Name { get; }

    public char Separator { get; private init; }

    /// <summary>Trimmed, none empty, none twice.</summary>
    public IReadOnlyList<string> Headers { get; private init; } = [];

    /// <summary>Where the first record begins, in bytes of the UTF-8 form behind the byte order mark.</summary>
    public long FirstRecord { get; private init; }

    /// <summary>Line of the first record, from 1.</summary>
    public long FirstLine { get; private init; }

    /// <summary>Looks at the beginning of a file.</summary>
    /// <exception cref="NotATableException">It holds no table; the message says what it seems to be.</exception>
    public static CsvFile Look(FileInfo file)
    {
        var beginning = new byte[Beginning];
        int length;
        using (var stream = OpenShared(file.FullName)) length = stream.ReadAtLeast(beginning, Beginning, throwOnEndOfStream: false);
        var start = beginning.AsSpan(0, length);
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new NotATableException("This is an Excel workbook, not a CSV file. In Excel choose Save as > CSV UTF-8, or export it as CSV from where it came.");
        if (start.StartsWith("%PDF"u8)) throw new NotATableException("This is a PDF, not a CSV file. Export it as CSV from where it came.");
        var (bom, encoding) = EncodingOf(start);

        var bare = new CsvFile(file, bom, encoding);
        using var reader = CsvReader.Create(bare.Open(0), new CsvReaderOptions { HasHeader = false, MaxRecordSize = LongestRecord, TrackLineNumbers = true });
        try
        {
            if (!reader.Read()) throw new NotATableException("This file is empty. If the export failed, run it again; the rows known so far are kept.");
        }
        catch (CsvFormatException)
        {
            throw new NotATableException("The first line is no header row: a quote in it is never closed, or this is no text file. Export it as CSV again.");
        }
        var headers = new string[reader.FieldCount];
        for (var i = 0; i < headers.Length; i++) headers[i] = CellText.Decode(reader.GetSpan(i)).Trim();
        var firstRecord = reader.ByteOffset + reader.RawRecord.Length;
        return new CsvFile(file, bom, encoding)
        {
            Separator = reader.Separator,
            Headers = Unique(headers),
            FirstRecord = firstRecord,
            FirstLine = reader.LineNumber + CellText.Lines(reader.RawRecord),   // the line that the header ends on: its line break is still to come
        };
    }

    /// <summary>A reader whose first record is the one that begins at <paramref name="offset"/>.</summary>
    public CsvReader Read(long offset, Action<CsvMalformedRecord> malformed) => CsvReader.Create(Open(offset), new CsvReaderOptions
    {
        HasHeader = false,
        Separator = Separator,
        MaxRecordSize = LongestRecord,
        TrackLineNumbers = true,
        OnMalformedRecord = malformed,
        BufferSize = 256 * 1024,
    });

    /// <summary>The file's text as UTF-8, from <paramref name="offset"/> bytes of that form.</summary>
    public Stream Open(long offset)
    {
        var file = OpenShared(Path);
        file.Seek(bom, SeekOrigin.Begin);
        if (transcodedFrom is null)
        {
            file.Seek(offset, SeekOrigin.Current);
            return file;
        }
        var text = Encoding.CreateTranscodingStream(file, transcodedFrom, Encoding.UTF8);
        var skipped = new byte[64 * 1024];
        while (offset > 0)
        {
            var read = text.Read(skipped, 0, (int)Math.Min(offset, skipped.Length));
            if (read == 0) break;
            offset -= read;
        }
        return text;
    }

    private static FileStream OpenShared(string path) =>
        new(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan, BufferSize = 0 });

    private static (int Bom, Encoding? From) EncodingOf(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return (3, null);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])) return (4, new UTF32Encoding(bigEndian: false, byteOrderMark: false));
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (2, new UnicodeEncoding(bigEndian: false, byteOrderMark: false));
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (2, new UnicodeEncoding(bigEndian: true, byteOrderMark: false));
        // Two-byte text without its mark: every other byte of Latin letters is zero.
        var (even, odd) = (0, 0);
        for (var i = 0; i < start.Length; i++)
            if (start[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        if (odd > start.Length / 4 && even < odd / 8) return (0, new UnicodeEncoding(bigEndian: false, byteOrderMark: false));
        if (even > start.Length / 4 && odd < even / 8) return (0, new UnicodeEncoding(bigEndian: true, byteOrderMark: false));
        return (0, null);
    }

    private static string[] Unique(string[] headers)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < headers.Length; i++)
        {
            var name = headers[i].Length > 0 ? headers[i] : $"Column {i + 1}";
            for (var again = 2; !taken.Add(name); again++) name = $"{headers[i]} ({again})";
            headers[i] = name;
        }
        return headers;
    }
}

/// <summary>A file that holds no table.</summary>
internal sealed class NotATableException(string message) : Exception(message);
