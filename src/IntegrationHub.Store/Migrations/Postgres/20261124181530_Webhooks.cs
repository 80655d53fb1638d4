using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IntegrationHub.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Webhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "webhook_env",
                table: "source",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "webhook_protected",
                table: "source",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "webhook_env",
                table: "source");

            migrationBuilder.DropColumn(
                name: "webhook_protected",
                table: "source");
        }
    }
}
