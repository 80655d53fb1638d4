using IntegrationHub.Store.Entities;
using IntegrationHub.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IntegrationHub.Store;

/// <summary>The model: which tables there are. Migrations are made from it; rows are read and written in SQL, see docs/decisions/0010-sql-over-one-model.md.</summary>
internal abstract class HubDb(DbContextOptions options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configuration) => configuration.Conventions.Add(_ => new SnakeCaseNames());

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<SourceEntity>().HasKey(e => e.Name);
        model.Entity<StreamStateEntity>().HasKey(e => new { e.Source, e.Stream });
        model.Entity<SourceRecordEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.HasIndex(e => new { e.Source, e.Stream, e.ExternalId }).IsUnique();
        });

        model.Entity<CleanRecordEntity>(b =>
        {
            b.HasKey(e => e.RecordId);
            b.Property(e => e.RecordId).ValueGeneratedNever();
            foreach (var field in Fields.Clean) b.Property<string?>(Fields.NameOf(field));
        });
        model.Entity<IssueEntity>().HasKey(e => new { e.RecordId, e.Position });
        model.Entity<MatchKeyEntity>(b =>
        {
            b.HasKey(e => new { e.Kind, e.Rule, e.Hash, e.RecordId });
            b.HasIndex(e => e.RecordId);
        });
        model.Entity<FinerKeyEntity>(b =>
        {
            b.HasKey(e => new { e.Kind, e.Rule, e.Hash, e.Place, e.RecordId });
            b.HasIndex(e => e.RecordId);
        });
        model.Entity<MatchStateEntity>(b =>
        {
            b.HasKey(e => e.Kind);
            b.Property(e => e.Kind).ValueGeneratedNever();
        });
        model.Entity<ConsentEntryEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.HasIndex(e => e.Point);
            b.HasIndex(e => e.RecordId);
        });
        model.Entity<SuppressionEntryEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
            b.HasIndex(e => e.Point);
            b.HasIndex(e => e.Releases).IsUnique();
        });

        model.Entity<EdgeEntity>(b =>
        {
            b.HasKey(e => new { e.A, e.B });
            b.HasIndex(e => e.B);
        });
        model.Entity<ClusterMemberEntity>(b =>
        {
            b.HasKey(e => e.RecordId);
            b.Property(e => e.RecordId).ValueGeneratedNever();
            b.HasIndex(e => e.ClusterId);
        });
        model.Entity<MergeQueueEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.HasIndex(e => new { e.State, e.Weight });
            b.HasIndex(e => e.RecordA);
            b.HasIndex(e => e.RecordB);
        });
        model.Entity<DecisionEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
        });
        model.Entity<DecisionPairEntity>(b =>
        {
            b.HasKey(e => new { e.A, e.B, e.DecisionId });
            b.HasIndex(e => e.B);
        });

        model.Entity<GoldenRecordEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
            b.Property(e => e.Row).ValueGeneratedOnAdd();
            b.HasIndex(e => e.Row).IsUnique();
            b.HasIndex(e => e.Recipe);
            b.HasIndex(e => new { e.Kind, e.Hygiene, e.HygieneReasons });
            b.HasIndex(e => e.EmailPoint);
            b.HasIndex(e => e.PhonePoint);
            b.HasIndex(e => e.LinkDomain).HasFilter("link_domain IS NOT NULL");
            b.HasIndex(e => e.LinkName).HasFilter("link_name IS NOT NULL");
            b.HasIndex(e => e.CompanyId).HasFilter("company_id IS NOT NULL");
            foreach (var field in Fields.Golden) b.Property<string?>(Fields.NameOf(field));
        });
        model.Entity<FieldLockEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
            b.HasIndex(e => e.RecordId);
        });
        model.Entity<CrosswalkEntity>(b =>
        {
            b.HasKey(e => e.RecordId);
            b.Property(e => e.RecordId).ValueGeneratedNever();
            b.HasIndex(e => e.GoldenId);
        });
        model.Entity<GoldenAliasEntity>(b =>
        {
            b.HasKey(e => e.Alias);
            b.Property(e => e.Alias).ValueGeneratedNever();
            b.HasIndex(e => e.GoldenId);
        });
        model.Entity<MergeEventEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
            b.HasIndex(e => e.GoldenId);
            b.HasIndex(e => e.AbsorbedId);
        });

        model.Entity<FixBatchEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
            b.HasIndex(e => new { e.Finding, e.PreviewedAt });
        });
        model.Entity<FixItemEntity>(b => b.HasKey(e => new { e.BatchId, e.Position }));

        model.Entity<RunEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
            b.HasIndex(e => e.StartedAt);
        });
        model.Entity<WorkEntity>().HasKey(e => new { e.Stage, e.Key });
        model.Entity<QuarantineEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.HasIndex(e => new { e.Stage, e.RecordId });
            b.HasIndex(e => e.ClearedAt);
            b.HasIndex(e => e.Place);
        });
        model.Entity<AuditTrailEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.HasIndex(e => new { e.SubjectKind, e.SubjectId });
        });
        model.Entity<AuditEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
            b.HasIndex(e => new { e.Scope, e.At });
        });
        model.Entity<OutboxEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.HasIndex(e => e.Key).IsUnique();
            b.HasIndex(e => new { e.State, e.NextAt });
        });
        model.Entity<LeaseEntity>().HasKey(e => e.Name);

        model.Entity<EventEntity>(b =>
        {
            b.HasKey(e => e.Seq);
            b.HasIndex(e => e.Id).IsUnique();
            b.HasIndex(e => new { e.GoldenId, e.At });
            b.HasIndex(e => new { e.Type, e.At });
            b.HasIndex(e => new { e.State, e.Seq }).HasFilter("state < 2");
            b.HasIndex(e => e.EmailPoint).HasFilter("state = 1");
            b.HasIndex(e => e.PhonePoint).HasFilter("state = 1");
            b.HasIndex(e => e.SourceKey).HasFilter("state = 1");
        });
        model.Entity<JourneyEntity>(b =>
        {
            b.HasKey(e => e.GoldenId);
            b.Property(e => e.GoldenId).ValueGeneratedNever();
            b.HasIndex(e => e.DueAt).HasFilter("due_at IS NOT NULL");
        });
        model.Entity<EnrolmentEntity>(b =>
        {
            b.HasKey(e => new { e.GoldenId, e.Workflow, e.Visit });
            b.HasIndex(e => new { e.Workflow, e.State });
        });
        model.Entity<EffectEntity>(b =>
        {
            b.HasKey(e => e.Seq);
            b.HasIndex(e => e.Key).IsUnique();
            b.HasIndex(e => new { e.GoldenId, e.At });
            b.HasIndex(e => new { e.Workflow, e.At });
        });
        model.Entity<MessageEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.HasIndex(e => e.Key).IsUnique();
            b.HasIndex(e => e.Once).IsUnique();
            b.HasIndex(e => e.GoldenId);
            b.HasIndex(e => new { e.Status, e.NextAt }).HasFilter("status < 2");
            b.HasIndex(e => e.SettledAt).HasFilter("status = 2");
        });
        model.Entity<WorkflowVersionEntity>().HasKey(e => new { e.Name, e.Version });
        model.Entity<WorkflowLaunchEntity>().HasKey(e => e.Name);
        model.Entity<WorkflowTestEntity>().HasKey(e => new { e.Name, e.Version });
        model.Entity<RoutingStateEntity>(b =>
        {
            b.HasKey(e => e.Id);
            b.Property(e => e.Id).ValueGeneratedNever();
        });
        model.Entity<ContactScoreEntity>(b =>
        {
            b.HasKey(e => e.GoldenId);
            b.Property(e => e.GoldenId).ValueGeneratedNever();
        });
    }
}

/// <summary>The model on SQLite: times are INTEGER, microseconds since 1970 in UTC.</summary>
internal sealed class SqliteHubDb(DbContextOptions<SqliteHubDb> options) : HubDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        base.ConfigureConventions(configuration);
        configuration.Properties<DateTimeOffset>().HaveConversion<Microseconds>();
    }

    private sealed class Microseconds() : ValueConverter<DateTimeOffset, long>(t => SqliteDatabase.ToMicroseconds(t), l => SqliteDatabase.FromMicroseconds(l));
}

/// <summary>The model on PostgreSQL: times are timestamptz.</summary>
internal sealed class PostgresHubDb(DbContextOptions<PostgresHubDb> options) : HubDb(options);

/// <summary>For dotnet-ef only: makes SQLite migrations without a database.</summary>
internal sealed class SqliteHubDbFactory : IDesignTimeDbContextFactory<SqliteHubDb>
{
    public SqliteHubDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteHubDb>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For dotnet-ef only: makes PostgreSQL migrations without a server.</summary>
internal sealed class PostgresHubDbFactory : IDesignTimeDbContextFactory<PostgresHubDb>
{
    public PostgresHubDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresHubDb>().UseNpgsql("Host=design").Options);
}

/// <summary>Names tables, columns, keys and indexes in snake_case, so that SQL needs no quotes.</summary>
internal sealed class SnakeCaseNames : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder model, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in model.Metadata.GetEntityTypes())
        {
            var table = Snake(entity.ClrType.Name[..^"Entity".Length]);
            entity.Builder.ToTable(table);
            foreach (var property in entity.GetProperties()) property.Builder.HasColumnName(Snake(property.Name));
            foreach (var key in entity.GetKeys()) key.Builder.HasName($"pk_{table}");
            foreach (var index in entity.GetIndexes())
                index.Builder.HasDatabaseName($"ix_{table}_{string.Join('_', index.Properties.Select(p => Snake(p.Name)))}");
        }
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
