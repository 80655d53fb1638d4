using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace IntegrationHub.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    report = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_trail",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<string>(type: "text", nullable: true),
                    why = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_trail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "clean_record",
                columns: table => new
                {
                    record_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    input_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    recipe = table.Column<string>(type: "text", nullable: false),
                    consents = table.Column<string>(type: "text", nullable: true),
                    birth_date = table.Column<string>(type: "text", nullable: true),
                    city = table.Column<string>(type: "text", nullable: true),
                    company = table.Column<string>(type: "text", nullable: true),
                    country = table.Column<string>(type: "text", nullable: true),
                    domain = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    email_key = table.Column<string>(type: "text", nullable: true),
                    engaged_at = table.Column<string>(type: "text", nullable: true),
                    first_name = table.Column<string>(type: "text", nullable: true),
                    job_title = table.Column<string>(type: "text", nullable: true),
                    known_since = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: true),
                    last_name = table.Column<string>(type: "text", nullable: true),
                    legal_form = table.Column<string>(type: "text", nullable: true),
                    maiden_name = table.Column<string>(type: "text", nullable: true),
                    middle_name = table.Column<string>(type: "text", nullable: true),
                    national_id = table.Column<string>(type: "text", nullable: true),
                    nickname = table.Column<string>(type: "text", nullable: true),
                    other_emails = table.Column<string>(type: "text", nullable: true),
                    other_phones = table.Column<string>(type: "text", nullable: true),
                    owner = table.Column<string>(type: "text", nullable: true),
                    phone = table.Column<string>(type: "text", nullable: true),
                    phone_extension = table.Column<string>(type: "text", nullable: true),
                    phone_key = table.Column<string>(type: "text", nullable: true),
                    postcode = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: true),
                    street = table.Column<string>(type: "text", nullable: true),
                    street_number = table.Column<string>(type: "text", nullable: true),
                    suffix = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string>(type: "text", nullable: true),
                    time_zone = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clean_record", x => x.record_id);
                });

            migrationBuilder.CreateTable(
                name: "cluster_member",
                columns: table => new
                {
                    record_id = table.Column<long>(type: "bigint", nullable: false),
                    cluster_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cluster_member", x => x.record_id);
                });

            migrationBuilder.CreateTable(
                name: "consent_entry",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    point = table.Column<long>(type: "bigint", nullable: false),
                    point_hmac = table.Column<byte[]>(type: "bytea", nullable: false),
                    channel = table.Column<int>(type: "integer", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contact_score",
                columns: table => new
                {
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    fit = table.Column<double>(type: "double precision", nullable: false),
                    behaviour = table.Column<double>(type: "double precision", nullable: false),
                    parts = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_score", x => x.golden_id);
                });

            migrationBuilder.CreateTable(
                name: "crosswalk",
                columns: table => new
                {
                    record_id = table.Column<long>(type: "bigint", nullable: false),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_crosswalk", x => x.record_id);
                });

            migrationBuilder.CreateTable(
                name: "decision",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    same = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<string>(type: "text", nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decision", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "decision_pair",
                columns: table => new
                {
                    decision_id = table.Column<Guid>(type: "uuid", nullable: false),
                    a = table.Column<string>(type: "text", nullable: false),
                    b = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decision_pair", x => new { x.a, x.b, x.decision_id });
                });

            migrationBuilder.CreateTable(
                name: "edge",
                columns: table => new
                {
                    a = table.Column<long>(type: "bigint", nullable: false),
                    b = table.Column<long>(type: "bigint", nullable: false),
                    weight = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_edge", x => new { x.a, x.b });
                });

            migrationBuilder.CreateTable(
                name: "effect",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    workflow = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    step = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: true),
                    channel = table.Column<int>(type: "integer", nullable: true),
                    template = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_effect", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "enrolment",
                columns: table => new
                {
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    workflow = table.Column<string>(type: "text", nullable: false),
                    visit = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: true),
                    control = table.Column<bool>(type: "boolean", nullable: false),
                    step = table.Column<string>(type: "text", nullable: true),
                    step_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    wake_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    waits = table.Column<string>(type: "text", nullable: true),
                    path = table.Column<string>(type: "text", nullable: false),
                    messages = table.Column<int>(type: "integer", nullable: false),
                    last_send_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    converted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enrolment", x => new { x.golden_id, x.workflow, x.visit });
                });

            migrationBuilder.CreateTable(
                name: "event",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<string>(type: "text", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    contact = table.Column<string>(type: "text", nullable: false),
                    email_point = table.Column<long>(type: "bigint", nullable: true),
                    phone_point = table.Column<long>(type: "bigint", nullable: true),
                    source_key = table.Column<string>(type: "text", nullable: true),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: true),
                    record_id = table.Column<long>(type: "bigint", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    history = table.Column<bool>(type: "boolean", nullable: false),
                    properties = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "field_lock",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<long>(type: "bigint", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true),
                    corrects = table.Column<bool>(type: "boolean", nullable: false),
                    was = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<string>(type: "text", nullable: true),
                    released_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    released_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_field_lock", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fix_batch",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    finding = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    items = table.Column<long>(type: "bigint", nullable: false),
                    previewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    previewed_by = table.Column<string>(type: "text", nullable: false),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    applied_by = table.Column<string>(type: "text", nullable: true),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undone_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fix_batch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fix_item",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    action = table.Column<int>(type: "integer", nullable: false),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<long>(type: "bigint", nullable: false),
                    field = table.Column<string>(type: "text", nullable: true),
                    before = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<string>(type: "text", nullable: true),
                    channel = table.Column<int>(type: "integer", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<int>(type: "integer", nullable: true),
                    pair_id = table.Column<string>(type: "text", nullable: true),
                    effect_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fix_item", x => new { x.batch_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "golden_alias",
                columns: table => new
                {
                    alias = table.Column<Guid>(type: "uuid", nullable: false),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_golden_alias", x => x.alias);
                });

            migrationBuilder.CreateTable(
                name: "golden_record",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    provenance = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    recipe = table.Column<string>(type: "text", nullable: false),
                    source_count = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hygiene = table.Column<int>(type: "integer", nullable: false),
                    hygiene_reasons = table.Column<int>(type: "integer", nullable: false),
                    email_point = table.Column<long>(type: "bigint", nullable: true),
                    phone_point = table.Column<long>(type: "bigint", nullable: true),
                    link_domain = table.Column<long>(type: "bigint", nullable: true),
                    link_name = table.Column<long>(type: "bigint", nullable: true),
                    company_id = table.Column<Guid>(type: "uuid", nullable: true),
                    company_rule = table.Column<int>(type: "integer", nullable: true),
                    birth_date = table.Column<string>(type: "text", nullable: true),
                    city = table.Column<string>(type: "text", nullable: true),
                    company = table.Column<string>(type: "text", nullable: true),
                    country = table.Column<string>(type: "text", nullable: true),
                    domain = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    engaged_at = table.Column<string>(type: "text", nullable: true),
                    first_name = table.Column<string>(type: "text", nullable: true),
                    job_title = table.Column<string>(type: "text", nullable: true),
                    known_since = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: true),
                    last_name = table.Column<string>(type: "text", nullable: true),
                    legal_form = table.Column<string>(type: "text", nullable: true),
                    maiden_name = table.Column<string>(type: "text", nullable: true),
                    middle_name = table.Column<string>(type: "text", nullable: true),
                    national_id = table.Column<string>(type: "text", nullable: true),
                    nickname = table.Column<string>(type: "text", nullable: true),
                    other_emails = table.Column<string>(type: "text", nullable: true),
                    other_phones = table.Column<string>(type: "text", nullable: true),
                    owner = table.Column<string>(type: "text", nullable: true),
                    phone = table.Column<string>(type: "text", nullable: true),
                    phone_extension = table.Column<string>(type: "text", nullable: true),
                    postcode = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: true),
                    street = table.Column<string>(type: "text", nullable: true),
                    street_number = table.Column<string>(type: "text", nullable: true),
                    suffix = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string>(type: "text", nullable: true),
                    time_zone = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: true),
                    unit = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_golden_record", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "issue",
                columns: table => new
                {
                    record_id = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    raw = table.Column<string>(type: "text", nullable: true),
                    rejected = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_issue", x => new { x.record_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "journey",
                columns: table => new
                {
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    change = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journey", x => x.golden_id);
                });

            migrationBuilder.CreateTable(
                name: "lease",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    holder = table.Column<string>(type: "text", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lease", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "match_key",
                columns: table => new
                {
                    kind = table.Column<int>(type: "integer", nullable: false),
                    rule = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<long>(type: "bigint", nullable: false),
                    record_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_match_key", x => new { x.kind, x.rule, x.hash, x.record_id });
                });

            migrationBuilder.CreateTable(
                name: "merge_event",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    absorbed_id = table.Column<Guid>(type: "uuid", nullable: true),
                    left_keys = table.Column<string>(type: "text", nullable: false),
                    right_keys = table.Column<string>(type: "text", nullable: false),
                    probability = table.Column<double>(type: "double precision", nullable: true),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "merge_queue",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    record_a = table.Column<long>(type: "bigint", nullable: false),
                    record_b = table.Column<long>(type: "bigint", nullable: false),
                    weight = table.Column<double>(type: "double precision", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge_queue", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    once = table.Column<string>(type: "text", nullable: false),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: false),
                    workflow = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    visit = table.Column<int>(type: "integer", nullable: false),
                    template = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<int>(type: "integer", nullable: false),
                    marketing = table.Column<bool>(type: "boolean", nullable: false),
                    @internal = table.Column<bool>(name: "internal", type: "boolean", nullable: false),
                    to_point = table.Column<long>(type: "bigint", nullable: false),
                    to_hmac = table.Column<byte[]>(type: "bytea", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claim = table.Column<long>(type: "bigint", nullable: true),
                    maybe_delivered = table.Column<bool>(type: "boolean", nullable: false),
                    possible_duplicate = table.Column<bool>(type: "boolean", nullable: false),
                    provider_id = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    stream = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    golden_id = table.Column<Guid>(type: "uuid", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "quarantine",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    scope = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: true),
                    stream = table.Column<string>(type: "text", nullable: true),
                    place = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: false),
                    raw = table.Column<string>(type: "text", nullable: true),
                    recipe = table.Column<string>(type: "text", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    cleared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cleared_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quarantine", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "routing_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_routing_state", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "run",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: false),
                    counts = table.Column<string>(type: "text", nullable: false),
                    errors = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "source",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    connector = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    path = table.Column<string>(type: "text", nullable: true),
                    token_env = table.Column<string>(type: "text", nullable: true),
                    token_protected = table.Column<string>(type: "text", nullable: true),
                    mapping_file = table.Column<string>(type: "text", nullable: true),
                    schedule = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "source_record",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    source = table.Column<string>(type: "text", nullable: false),
                    stream = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: true),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    deleted = table.Column<bool>(type: "boolean", nullable: false),
                    full_pass = table.Column<long>(type: "bigint", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_record", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stream_state",
                columns: table => new
                {
                    source = table.Column<string>(type: "text", nullable: false),
                    stream = table.Column<string>(type: "text", nullable: false),
                    cursor = table.Column<string>(type: "text", nullable: true),
                    full_pass = table.Column<long>(type: "bigint", nullable: true),
                    recipe = table.Column<string>(type: "text", nullable: true),
                    last_full_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_pull_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_state", x => new { x.source, x.stream });
                });

            migrationBuilder.CreateTable(
                name: "suppression_entry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    point = table.Column<long>(type: "bigint", nullable: false),
                    point_hmac = table.Column<byte[]>(type: "bytea", nullable: false),
                    channel = table.Column<int>(type: "integer", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<int>(type: "integer", nullable: false),
                    why = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    releases = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppression_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "work",
                columns: table => new
                {
                    stage = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work", x => new { x.stage, x.key });
                });

            migrationBuilder.CreateTable(
                name: "workflow_launch",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    launched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    watches = table.Column<bool>(type: "boolean", nullable: false),
                    scanned_to = table.Column<long>(type: "bigint", nullable: true),
                    admitted = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_launch", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "workflow_test",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    covered = table.Column<bool>(type: "boolean", nullable: false),
                    result = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_test", x => new { x.name, x.version });
                });

            migrationBuilder.CreateTable(
                name: "workflow_version",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_version", x => new { x.name, x.version });
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_scope_at",
                table: "audit",
                columns: new[] { "scope", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_subject_kind_subject_id",
                table: "audit_trail",
                columns: new[] { "subject_kind", "subject_id" });

            migrationBuilder.CreateIndex(
                name: "ix_cluster_member_cluster_id",
                table: "cluster_member",
                column: "cluster_id");

            migrationBuilder.CreateIndex(
                name: "ix_consent_entry_point",
                table: "consent_entry",
                column: "point");

            migrationBuilder.CreateIndex(
                name: "ix_consent_entry_record_id",
                table: "consent_entry",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_crosswalk_golden_id",
                table: "crosswalk",
                column: "golden_id");

            migrationBuilder.CreateIndex(
                name: "ix_decision_pair_b",
                table: "decision_pair",
                column: "b");

            migrationBuilder.CreateIndex(
                name: "ix_edge_b",
                table: "edge",
                column: "b");

            migrationBuilder.CreateIndex(
                name: "ix_effect_golden_id_at",
                table: "effect",
                columns: new[] { "golden_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_effect_key",
                table: "effect",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_effect_workflow_at",
                table: "effect",
                columns: new[] { "workflow", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_enrolment_workflow_state",
                table: "enrolment",
                columns: new[] { "workflow", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_event_email_point",
                table: "event",
                column: "email_point",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_event_golden_id_at",
                table: "event",
                columns: new[] { "golden_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_event_id",
                table: "event",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_event_phone_point",
                table: "event",
                column: "phone_point",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_event_source_key",
                table: "event",
                column: "source_key",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_event_state_seq",
                table: "event",
                columns: new[] { "state", "seq" },
                filter: "state < 2");

            migrationBuilder.CreateIndex(
                name: "ix_field_lock_record_id",
                table: "field_lock",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_fix_batch_finding_previewed_at",
                table: "fix_batch",
                columns: new[] { "finding", "previewed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_golden_alias_golden_id",
                table: "golden_alias",
                column: "golden_id");

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_company_id",
                table: "golden_record",
                column: "company_id",
                filter: "company_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_email_point",
                table: "golden_record",
                column: "email_point");

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_kind_hygiene_hygiene_reasons",
                table: "golden_record",
                columns: new[] { "kind", "hygiene", "hygiene_reasons" });

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_link_domain",
                table: "golden_record",
                column: "link_domain",
                filter: "link_domain IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_link_name",
                table: "golden_record",
                column: "link_name",
                filter: "link_name IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_phone_point",
                table: "golden_record",
                column: "phone_point");

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_recipe",
                table: "golden_record",
                column: "recipe");

            migrationBuilder.CreateIndex(
                name: "ix_golden_record_row",
                table: "golden_record",
                column: "row",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_journey_due_at",
                table: "journey",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_match_key_record_id",
                table: "match_key",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_merge_event_absorbed_id",
                table: "merge_event",
                column: "absorbed_id");

            migrationBuilder.CreateIndex(
                name: "ix_merge_event_golden_id",
                table: "merge_event",
                column: "golden_id");

            migrationBuilder.CreateIndex(
                name: "ix_merge_queue_record_a",
                table: "merge_queue",
                column: "record_a");

            migrationBuilder.CreateIndex(
                name: "ix_merge_queue_record_b",
                table: "merge_queue",
                column: "record_b");

            migrationBuilder.CreateIndex(
                name: "ix_merge_queue_state_weight",
                table: "merge_queue",
                columns: new[] { "state", "weight" });

            migrationBuilder.CreateIndex(
                name: "ix_message_golden_id",
                table: "message",
                column: "golden_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_key",
                table: "message",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_once",
                table: "message",
                column: "once",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_status_next_at",
                table: "message",
                columns: new[] { "status", "next_at" },
                filter: "status < 2");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_key",
                table: "outbox",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_state_next_at",
                table: "outbox",
                columns: new[] { "state", "next_at" });

            migrationBuilder.CreateIndex(
                name: "ix_quarantine_cleared_at",
                table: "quarantine",
                column: "cleared_at");

            migrationBuilder.CreateIndex(
                name: "ix_quarantine_place",
                table: "quarantine",
                column: "place");

            migrationBuilder.CreateIndex(
                name: "ix_quarantine_stage_record_id",
                table: "quarantine",
                columns: new[] { "stage", "record_id" });

            migrationBuilder.CreateIndex(
                name: "ix_run_started_at",
                table: "run",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_source_record_source_stream_external_id",
                table: "source_record",
                columns: new[] { "source", "stream", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_suppression_entry_point",
                table: "suppression_entry",
                column: "point");

            migrationBuilder.CreateIndex(
                name: "ix_suppression_entry_releases",
                table: "suppression_entry",
                column: "releases",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "clean_record");

            migrationBuilder.DropTable(
                name: "cluster_member");

            migrationBuilder.DropTable(
                name: "consent_entry");

            migrationBuilder.DropTable(
                name: "contact_score");

            migrationBuilder.DropTable(
                name: "crosswalk");

            migrationBuilder.DropTable(
                name: "decision");

            migrationBuilder.DropTable(
                name: "decision_pair");

            migrationBuilder.DropTable(
                name: "edge");

            migrationBuilder.DropTable(
                name: "effect");

            migrationBuilder.DropTable(
                name: "enrolment");

            migrationBuilder.DropTable(
                name: "event");

            migrationBuilder.DropTable(
                name: "field_lock");

            migrationBuilder.DropTable(
                name: "fix_batch");

            migrationBuilder.DropTable(
                name: "fix_item");

            migrationBuilder.DropTable(
                name: "golden_alias");

            migrationBuilder.DropTable(
                name: "golden_record");

            migrationBuilder.DropTable(
                name: "issue");

            migrationBuilder.DropTable(
                name: "journey");

            migrationBuilder.DropTable(
                name: "lease");

            migrationBuilder.DropTable(
                name: "match_key");

            migrationBuilder.DropTable(
                name: "merge_event");

            migrationBuilder.DropTable(
                name: "merge_queue");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "quarantine");

            migrationBuilder.DropTable(
                name: "routing_state");

            migrationBuilder.DropTable(
                name: "run");

            migrationBuilder.DropTable(
                name: "source");

            migrationBuilder.DropTable(
                name: "source_record");

            migrationBuilder.DropTable(
                name: "stream_state");

            migrationBuilder.DropTable(
                name: "suppression_entry");

            migrationBuilder.DropTable(
                name: "work");

            migrationBuilder.DropTable(
                name: "workflow_launch");

            migrationBuilder.DropTable(
                name: "workflow_test");

            migrationBuilder.DropTable(
                name: "workflow_version");
        }
    }
}
