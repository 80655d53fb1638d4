using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IntegrationHub.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TimesOfKinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_message_settled_at",
                table: "message",
                column: "settled_at",
                filter: "status = 2");

            migrationBuilder.CreateIndex(
                name: "ix_event_type_at",
                table: "event",
                columns: new[] { "type", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_message_settled_at",
                table: "message");

            migrationBuilder.DropIndex(
                name: "ix_event_type_at",
                table: "event");
        }
    }
}
