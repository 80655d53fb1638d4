using IntegrationHub.Matching;
using IntegrationHub.Store;
using IntegrationHub.Vocabulary;

namespace IntegrationHub.Engine.Stages;

/// <summary>
/// What some changed records change: their keys, their pairs, and the components that these are part of. The records around them are looked up in the store. Ends in the pairs that one pass
/// over all records finds, by its rule (<see cref="FinerBlocks"/>): where a block comes over the cap or back to it, and among the neighbours of a place in a crowded block, pairs of other
/// records change too, so those are weighed again with the changed ones.
/// </summary>
internal sealed class ChangedRecords
{
    // Under so many records a second thread costs more than it saves.
    private const int AFew = 64;

    private readonly HubStore store;
    private readonly EntityKind kind;
    private readonly MatchModel model;
    private readonly HashSet<long> dirty;
    private readonly Dictionary<long, Known> records = [];
    private readonly SizedKeys blocks;
    private readonly SizedKeys finerBlocks;
    private readonly Dictionary<long, IReadOnlyList<MatchKey>> finer = [];
    private readonly HashSet<long> asked = [];
    private ILookup<MatchKey, FinerKey> goneFiner = Array.Empty<FinerKey>().ToLookup(k => k.Key);
    private ILookup<MatchKey, FinerKey> newFiner = Array.Empty<FinerKey>().ToLookup(k => k.Key);

    private ChangedRecords(HubStore store, EntityKind kind, MatchModel model, IReadOnlyList<DirtyRecord> dirty)
    {
        (this.store, this.kind, this.model) = (store, kind, model);
        this.dirty = [.. dirty.Select(d => d.RecordId)];
        blocks = new SizedKeys(model.BlockCap, (keys, most, ct) => store.Matches.Sizes(kind, keys, most, ct));
        finerBlocks = new SizedKeys(model.BlockCap, (keys, most, ct) => store.Matches.FinerSizes(kind, keys, most, ct));
    }

    /// <summary>How many pairs were weighed.</summary>
    public long Weighed { get; private set; }

    /// <summary>Blocks that have come over the cap, in words.</summary>
    public IReadOnlyList<string> NewlyLarge { get; private set; } = [];

    public IReadOnlyList<RecordKey> GoneKeys { get; private set; } = [];

    public IReadOnlyList<RecordKey> Keys { get; private set; } = [];

    public IReadOnlyList<FinerKey> GoneFinerKeys { get; private set; } = [];

    public IReadOnlyList<FinerKey> FinerKeys { get; private set; } = [];

    /// <summary>Stored edges that no longer hold, or have another weight.</summary>
    public IReadOnlyList<Edge> GoneEdges { get; private set; } = [];

    /// <summary>Edges that are not stored so.</summary>
    public IReadOnlyList<Edge> FreshEdges { get; private set; } = [];

    /// <summary>All records of the components that may have changed.</summary>
    public PreparedRecords Component { get; private set; } = null!;

    /// <summary>All edges among them, between ids.</summary>
    public IReadOnlyList<Edge> Edges { get; private set; } = [];

    /// <summary>The changed records, removed ones included.</summary>
    public IReadOnlyCollection<long> Touched => dirty;

    /// <summary>Finds out.</summary>
    /// <param name="store">The store. Nothing is written.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="model">Its model.</param>
    /// <param name="dirty">Records of the kind that are new, changed, removed or of another kind now, each with the keys it had still stored.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ChangedRecords> Find(HubStore store, EntityKind kind, MatchModel model, IReadOnlyList<DirtyRecord> dirty, CancellationToken ct)
    {
        var changes = new ChangedRecords(store, kind, model, dirty);
        var weighed = await changes.FindKeys(ct);
        var pairs = await changes.FindPairs(weighed, ct);
        await changes.FindComponents(weighed, await changes.Weigh(pairs, ct), ct);
        return changes;
    }

    /// <summary>Finds what happens to keys and blocks, and with that which records are to be weighed again.</summary>
    private async Task<HashSet<long>> FindKeys(CancellationToken ct)
    {
        await Load(dirty, ct);
        var stored = (await store.Matches.KeysOf(dirty, ct)).Where(k => k.Kind == kind).ToList();
        HashSet<long> weighed = [.. dirty.Where(records.ContainsKey)];
        long[] changed = [.. weighed];
        OnAllCores(changed.Length, i => _ = records[changed[i]].Keys);
        var difference = KeyDifference.Of(kind, [.. weighed.SelectMany(id => KeysOf(id).Select(k => new RecordKey(kind, k, id)))], [], stored, []);
        (GoneKeys, Keys) = (difference.Gone, difference.New);
        blocks.Change(GoneKeys.Select(k => k.Key), -1);
        blocks.Change(Keys.Select(k => k.Key), 1);
        await blocks.Size([.. stored.Select(k => k.Key), .. Keys.Select(k => k.Key)], ct);

        // Where a block comes over the cap or back to it, others than the changed ones get or lose finer keys.
        var crossed = blocks.Crossed();
        if (crossed.Count > 0) weighed.UnionWith((await store.Matches.Members(kind, crossed, ct)).Select(m => m.RecordId).Where(id => !dirty.Contains(id)));
        NewlyLarge = [.. crossed.Where(blocks.IsLarge).Select(k => $"More than {model.BlockCap} records share one {Blocking.NameOf(k.Rule)} now; they are compared by finer keys.")];
        await Load(weighed, ct);
        await blocks.Size(weighed.SelectMany(KeysOf), ct);
        if (!blocks.AnyLarge) return weighed;

        weighed.UnionWith(await FindFinerKeys([.. dirty, .. weighed], ct));
        await blocks.Size(weighed.SelectMany(KeysOf), ct);
        return weighed;
    }

    /// <summary>Finds the finer keys of records that may get or lose some. Gives the records that are to be weighed again with them: of blocks that become crowded or cease to be, and beside them in crowded ones.</summary>
    private async Task<HashSet<long>> FindFinerKeys(HashSet<long> mayChange, CancellationToken ct)
    {
        var stored = (await store.Matches.FinerKeysOf(mayChange, ct)).Where(k => k.Kind == kind).ToList();
        foreach (var id in mayChange.Where(records.ContainsKey)) finer[id] = records[id].FinerKeys(blocks.IsLarge);
        var difference = KeyDifference.Of(kind, [], [.. finer.SelectMany(f => f.Value.Select(k => new FinerKey(kind, k, records[f.Key].Place, f.Key)))], [], stored);
        (GoneFinerKeys, FinerKeys) = (difference.GoneFiner, difference.NewFiner);
        (goneFiner, newFiner) = (GoneFinerKeys.ToLookup(k => k.Key), FinerKeys.ToLookup(k => k.Key));
        finerBlocks.Change(GoneFinerKeys.Select(k => k.Key), -1);
        finerBlocks.Change(FinerKeys.Select(k => k.Key), 1);
        await finerBlocks.Size([.. stored.Select(k => k.Key), .. FinerKeys.Select(k => k.Key)], ct);

        var others = new HashSet<long>();
        var crossed = finerBlocks.Crossed();
        if (crossed.Count > 0) others.UnionWith((await store.Matches.FinerMembers(kind, crossed, ct)).Select(m => m.RecordId));
        foreach (var moved in GoneFinerKeys.Concat(FinerKeys).Where(k => finerBlocks.IsLarge(k.Key) && !crossed.Contains(k.Key)))
            others.UnionWith(Next(await Staying(moved, ct), moved.Place).Select(k => k.RecordId));

        others.ExceptWith(mayChange);
        if (others.Count == 0) return others;
        await Load(others, ct);
        var theirs = (await store.Matches.FinerKeysOf(others, ct)).Where(k => k.Kind == kind).ToLookup(k => k.RecordId, k => k.Key);
        foreach (var id in others) finer[id] = [.. theirs[id]];
        await finerBlocks.Size(others.SelectMany(id => theirs[id]), ct);
        return others;
    }

    /// <summary>All candidate pairs of records that are to be weighed again.</summary>
    private async Task<HashSet<(long A, long B)>> FindPairs(HashSet<long> weighed, CancellationToken ct)
    {
        var pairs = new HashSet<(long, long)>();
        void Add(long a, long b)
        {
            if (a != b) pairs.Add(a < b ? (a, b) : (b, a));
        }

        void AddAll(IEnumerable<(MatchKey Key, long RecordId)> all, Func<long, IEnumerable<MatchKey>> keysOf)
        {
            var members = all.ToLookup(m => m.Key, m => m.RecordId);
            foreach (var id in weighed)
                foreach (var key in keysOf(id))
                    foreach (var other in members[key]) Add(id, other);
        }

        IEnumerable<MatchKey> Small(long id) => KeysOf(id).Where(k => !blocks.IsLarge(k));
        var asked = weighed.SelectMany(Small).Where(blocks.IsStored).ToHashSet();
        var stored = asked.Count == 0 ? [] : (await store.Matches.Members(kind, asked, ct)).Where(m => !dirty.Contains(m.RecordId));
        AddAll(stored.Concat(dirty.SelectMany(id => KeysOf(id).Select(k => (k, id)))), Small);
        if (finer.Count == 0) return pairs;

        IEnumerable<MatchKey> SmallFiner(long id) => FinerKeysOf(id).Where(k => !finerBlocks.IsLarge(k));
        var askedFiner = weighed.SelectMany(SmallFiner).Where(finerBlocks.IsStored).ToHashSet();
        var lost = GoneFinerKeys.Select(k => (k.Key, k.RecordId)).ToHashSet();
        var storedFiner = askedFiner.Count == 0 ? [] : (await store.Matches.FinerMembers(kind, askedFiner, ct)).Where(m => !lost.Contains(m));
        AddAll(storedFiner.Concat(FinerKeys.Select(k => (k.Key, k.RecordId))), SmallFiner);
        foreach (var id in weighed)
            foreach (var key in FinerKeysOf(id).Where(finerBlocks.IsLarge))
            {
                var own = new FinerKey(kind, key, records[id].Place, id);
                foreach (var other in Next((await Staying(own, ct)).Concat(newFiner[key]), own.Place)) Add(id, other.RecordId);
            }

        return pairs;
    }

    /// <summary>Weighs pairs; edges between ids, of those that weigh enough.</summary>
    private async Task<List<Edge>> Weigh(HashSet<(long A, long B)> pairs, CancellationToken ct)
    {
        Weighed = pairs.Count;
        HashSet<long> ends = [.. pairs.SelectMany(p => new[] { p.A, p.B })];
        await Load(ends, ct);
        var table = Prepare(ends);
        var indexes = new List<(int, int)>(pairs.Count);
        foreach (var (a, b) in pairs)
            if (table.IndexOf(a) is { } i && table.IndexOf(b) is { } j) indexes.Add(i < j ? (i, j) : (j, i));
        return [.. Matcher.Weigh(table.Table, indexes, model, ct).Select(table.WithIds)];
    }

    /// <summary>From what changed to all that hangs together with it, by edges or by decisions.</summary>
    private async Task FindComponents(HashSet<long> weighed, List<Edge> fresh, CancellationToken ct)
    {
        HashSet<long> touched = [.. dirty, .. weighed];
        var before = (await store.Matches.EdgesTouching(touched, ct)).ToHashSet();
        var now = fresh.ToHashSet();
        (GoneEdges, FreshEdges) = ([.. before.Where(e => !now.Contains(e))], [.. fresh.Where(e => !before.Contains(e))]);

        HashSet<long> near = [.. touched, .. before.Concat(fresh).SelectMany(e => new[] { e.A, e.B })];
        HashSet<Edge> standing = [];
        for (HashSet<long> front = [.. near]; front.Count > 0;)
        {
            standing.UnionWith(await store.Matches.EdgesConnected(front, ct));
            HashSet<long> reached = [.. front, .. standing.SelectMany(e => new[] { e.A, e.B })];
            await Load(reached, ct);
            near.UnionWith(reached);
            front = [.. (await DecidedWith(front.Concat(reached).Distinct(), ct)).Where(near.Add)];
        }

        standing.RemoveWhere(e => touched.Contains(e.A) || touched.Contains(e.B));
        Component = Prepare(near);
        Edges = [.. standing.Where(e => Component.IndexOf(e.A) is not null && Component.IndexOf(e.B) is not null), .. fresh];
    }

    /// <summary>The records that decisions name together with some.</summary>
    private async Task<IEnumerable<long>> DecidedWith(IEnumerable<long> asked, CancellationToken ct)
    {
        var (keys, unknown) = (new List<SourceKey>(), new List<long>());
        foreach (var id in asked)
        {
            if (records.TryGetValue(id, out var known)) keys.Add(known.Source);
            else unknown.Add(id);
        }

        if (unknown.Count > 0) keys.AddRange((await store.Landing.Keys(unknown, ct)).Values);
        var decisions = await store.Decisions.Touching(keys, ct);
        return decisions.Count == 0 ? [] : (await store.Landing.Ids([.. decisions.SelectMany(d => new[] { d.A, d.B }).Distinct()], ct)).Values;
    }

    /// <summary>Those beside a place of a crowded block that stay there, as many on either side as count, and more where some go.</summary>
    private async Task<IEnumerable<FinerKey>> Staying(FinerKey of, CancellationToken ct)
    {
        var gone = goneFiner[of.Key].ToHashSet();
        return (await store.Matches.Beside(kind, of.Key, of.Place, Blocking.Neighbours + gone.Count, ct)).Where(k => !gone.Contains(k));
    }

    private static IEnumerable<FinerKey> Next(IEnumerable<FinerKey> all, long place)
    {
        var others = all.Where(k => k.Place != place).Distinct().ToList();
        return others.Where(k => k.Place < place).OrderByDescending(k => k.Place).Take(Blocking.Neighbours)
            .Concat(others.Where(k => k.Place > place).OrderBy(k => k.Place).Take(Blocking.Neighbours));
    }

    private IReadOnlyList<MatchKey> KeysOf(long id) => records.TryGetValue(id, out var known) ? known.Keys : [];

    private IReadOnlyList<MatchKey> FinerKeysOf(long id) => finer.GetValueOrDefault(id) ?? [];

    private async Task Load(IEnumerable<long> ids, CancellationToken ct)
    {
        long[] missing = [.. ids.Where(asked.Add)];
        if (missing.Length == 0) return;
        var rows = (await store.Clean.Load(missing, ct)).Where(r => r.Record.Kind == kind).ToList();
        var loaded = new Known[rows.Count];
        OnAllCores(rows.Count, i => loaded[i] = new Known(rows[i].Record.Key, MatchRecord.From(rows[i].Record, model)));
        for (var i = 0; i < loaded.Length; i++) records[rows[i].RecordId] = loaded[i];
    }

    private static void OnAllCores(int count, Action<int> each)
    {
        if (count >= AFew) Parallel.For(0, count, each);
        else
            for (var i = 0; i < count; i++) each(i);
    }

    private PreparedRecords Prepare(IEnumerable<long> ids)
    {
        var table = new MatchTable(kind);
        long[] known = [.. ids.Where(records.ContainsKey)];
        table.Add([.. known.Select(id => records[id].Record)]);
        return PreparedRecords.Of(table, known, [.. known.Select(id => records[id].Source)]);
    }

    /// <summary>A record as it is now.</summary>
    private sealed class Known(SourceKey source, MatchRecord record)
    {
        private MatchTable? alone;
        private IReadOnlyList<MatchKey>? keys;

        public SourceKey Source { get; } = source;

        public MatchRecord Record { get; } = record;

        public long Place { get; } = KeyOrder.PlaceOf(source.ToString());

        public IReadOnlyList<MatchKey> Keys => keys ??= Blocking.KeysOf(Alone, 0);

        public IReadOnlyList<MatchKey> FinerKeys(Func<MatchKey, bool> isLarge) => Blocking.FinerKeysOf(Alone, 0, Keys.Where(isLarge));

        private MatchTable Alone => alone ??= MatchTable.Of(Record.Kind, [Record]);
    }
}
