using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Grounding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Grounding",
                table: "TemplateVersions",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "ModelDefault");

            migrationBuilder.AddColumn<string>(
                name: "Grounding",
                table: "Batches",
                type: "TEXT",
                maxLength: 20,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Grounding",
                table: "TemplateVersions");

            migrationBuilder.DropColumn(
                name: "Grounding",
                table: "Batches");
        }
    }
}
