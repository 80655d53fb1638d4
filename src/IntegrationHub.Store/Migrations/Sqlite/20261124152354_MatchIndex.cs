using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IntegrationHub.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MatchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Written out, because EF cannot say WITHOUT ROWID: the key is the table, not an index beside it.
            migrationBuilder.Sql(
                """
                CREATE TABLE finer_key (
                    kind INTEGER NOT NULL,
                    rule INTEGER NOT NULL,
                    hash INTEGER NOT NULL,
                    place INTEGER NOT NULL,
                    record_id INTEGER NOT NULL,
                    CONSTRAINT pk_finer_key PRIMARY KEY (kind, rule, hash, place, record_id)
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateTable(
                name: "match_state",
                columns: table => new
                {
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    recipe = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_match_state", x => x.kind);
                });

            migrationBuilder.CreateIndex(
                name: "ix_finer_key_record_id",
                table: "finer_key",
                column: "record_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "finer_key");

            migrationBuilder.DropTable(
                name: "match_state");
        }
    }
}
