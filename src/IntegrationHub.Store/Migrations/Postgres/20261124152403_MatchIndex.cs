using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IntegrationHub.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class MatchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "finer_key",
                columns: table => new
                {
                    kind = table.Column<int>(type: "integer", nullable: false),
                    rule = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<long>(type: "bigint", nullable: false),
                    place = table.Column<long>(type: "bigint", nullable: false),
                    record_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_finer_key", x => new { x.kind, x.rule, x.hash, x.place, x.record_id });
                });

            migrationBuilder.CreateTable(
                name: "match_state",
                columns: table => new
                {
                    kind = table.Column<int>(type: "integer", nullable: false),
                    recipe = table.Column<string>(type: "text", nullable: false)
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
