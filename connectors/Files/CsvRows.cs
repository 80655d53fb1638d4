using CsvHelper;
using IntegrationHub.Connect;

namespace IntegrationHub.Connectors.Files;

/// <summary>
/// Reads a file record by record and keeps going: a ragged row costs itself alone, and a quote that is never closed costs the line that it stands on,
/// not the rows that it swallows.
/// </summary>
internal sealed class CsvRows(CsvFile file, long offset, long line)
{
    private const int LongestRaw = 2000;

    private readonly RowProblems say = new(file);
    private long swallowedUntil;
    private CsvMalformedReason? malformed;

    /// <summary>Where the next record begins, in bytes of the file's UTF-8 form.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The line on which it begins, from 1.</summary>
    public long Line { get; private set; } = line;

    /// <summary>True when the file has been read to its end.</summary>
    public bool Done { get; private set; }

    /// <summary>Reads up to <paramref name="most"/> rows and problems, and leaves <see cref="Offset"/> behind the last one.</summary>
    public void Read(int most, RowPayload payload, List<RawRecord> records, List<PullProblem> problems, CancellationToken ct)
    {
        while (!Done && records.Count + problems.Count < most)
        {
            ct.ThrowIfCancellationRequested();
            Done = !ReadOn(most, payload, records, problems);
        }
    }

    /// <summary>From <see cref="Offset"/> with a new reader, to the first record that swallowed others. False at the end of the file.</summary>
    private bool ReadOn(int most, RowPayload payload, List<RawRecord> records, List<PullProblem> problems)
    {
        var (baseOffset, baseLine) = (Offset, Line);
        using var reader = file.Read(baseOffset, m => malformed = m.Reason);
        while (records.Count + problems.Count < most)
        {
            malformed = null;
            try
            {
                if (!reader.Read()) return false;
            }
            catch (CsvFormatException)
            {
                SkipEndlessRecord(problems);
                return true;
            }
            var raw = reader.RawRecord;
            var start = baseOffset + reader.ByteOffset;
            var at = baseLine + reader.LineNumber - 1;
            var isRagged = IsRagged(reader);
            var nextLine = CellText.NextLine(raw);
            if (nextLine > 0 && (isRagged || malformed is not null || HoldsWholeRows(raw)))
            {
                problems.Add(say.BrokenQuote(at, raw[..nextLine], LongestRaw));
                swallowedUntil = Math.Max(swallowedUntil, start + raw.Length);
                (Offset, Line) = (start + nextLine, at + 1);
                return true;
            }
            var isBroken = malformed is not null && (isRagged || malformed == CsvMalformedReason.UnterminatedQuote || start < swallowedUntil);
            if (isBroken) problems.Add(say.BrokenQuote(at, raw, LongestRaw));
            else if (isRagged) problems.Add(say.Ragged(at, reader.FieldCount, raw, LongestRaw));
            else records.Add(Record(reader, payload));
            (Offset, Line) = (start + raw.Length, at + (nextLine > 0 ? CellText.Lines(raw) : 0));
        }
        return true;
    }

    private static RawRecord Record(CsvReader reader, RowPayload payload)
    {
        var (id, json) = payload.Of(reader);
        return new RawRecord(id, json);
    }

    /// <summary>Empty cells behind the last column are a habit of some programs, not a fault.</summary>
    private bool IsRagged(CsvReader reader)
    {
        if (reader.FieldCount < file.Headers.Count) return true;
        for (var i = file.Headers.Count; i < reader.FieldCount; i++)
            if (!reader.IsEmpty(i)) return true;
        return false;
    }

    /// <summary>
    /// A cell with line breaks has part of a row on each of its lines. Where each line has the separators of a whole row, a quote was not closed,
    /// although another one closed it by chance.
    /// </summary>
    private bool HoldsWholeRows(ReadOnlySpan<byte> raw)
    {
        var separators = file.Headers.Count - 1;
        if (separators < 2) return false;
        while (raw.Length > 0)
        {
            var next = CellText.NextLine(raw);
            if ((next > 0 ? raw[..next] : raw).Count((byte)file.Separator) < separators) return false;
            raw = next > 0 ? raw[next..] : [];
        }
        return true;
    }

    /// <summary>The record at <see cref="Offset"/> does not end within a megabyte: its first line goes, reading resumes behind it.</summary>
    private void SkipEndlessRecord(List<PullProblem> problems)
    {
        var taken = new byte[64 * 1024];
        using var stream = file.Open(Offset);
        var length = stream.ReadAtLeast(taken, taken.Length, throwOnEndOfStream: false);
        var lead = 0;
        while (lead < length && taken[lead] is (byte)'\r' or (byte)'\n') lead++;
        var at = Line + CellText.Lines(taken.AsSpan(0, lead));
        var next = CellText.NextLine(taken.AsSpan(lead, length - lead));
        problems.Add(say.BrokenQuote(at, taken.AsSpan(lead, next > 0 ? next : length - lead), LongestRaw));
        long skipped = lead + Math.Max(next, 0);
        if (next <= 0) skipped = length + BytesToNextLine(stream);
        (Offset, Line) = (Offset + skipped, at + 1);
        swallowedUntil = Math.Max(swallowedUntil, Offset);
    }

    private static long BytesToNextLine(Stream stream)
    {
        var part = new byte[64 * 1024];
        long passed = 0;
        while (stream.Read(part, 0, part.Length) is var read && read > 0)
        {
            var next = CellText.NextLine(part.AsSpan(0, read));
            if (next > 0) return passed + next;
            passed += read;
        }
        return passed;
    }
}
