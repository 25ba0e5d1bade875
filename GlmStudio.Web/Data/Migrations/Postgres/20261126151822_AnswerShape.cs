using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AnswerShape : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Shape",
                table: "TemplateVersions",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Json");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Shape",
                table: "TemplateVersions");
        }
    }
}
