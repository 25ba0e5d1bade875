using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RulesShapesConfidence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Shape",
                table: "TemplateVersions",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "Json");

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "Cells",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsRuled",
                table: "Cells",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Problem",
                table: "Cells",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Raw",
                table: "Cells",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Calibrations",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TemplateVersionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Engine = table.Column<string>(type: "TEXT", nullable: false),
                    BatchId = table.Column<int>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Cells = table.Column<int>(type: "INTEGER", nullable: false),
                    PerThousand = table.Column<double>(type: "REAL", nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Calibrations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Calibrations_Batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "Batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_Calibrations_TemplateVersions_TemplateVersionId",
                        column: x => x.TemplateVersionId,
                        principalTable: "TemplateVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "QuestionRules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    IsPattern = table.Column<bool>(type: "INTEGER", nullable: false),
                    TemplateId = table.Column<int>(type: "INTEGER", nullable: false),
                    FieldKeys = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuestionRules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QuestionRules_Templates_TemplateId",
                        column: x => x.TemplateId,
                        principalTable: "Templates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Calibrations_BatchId",
                table: "Calibrations",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_Calibrations_TemplateVersionId_Engine",
                table: "Calibrations",
                columns: new[] { "TemplateVersionId", "Engine" });

            migrationBuilder.CreateIndex(
                name: "IX_QuestionRules_Ordinal",
                table: "QuestionRules",
                column: "Ordinal");

            migrationBuilder.CreateIndex(
                name: "IX_QuestionRules_TemplateId",
                table: "QuestionRules",
                column: "TemplateId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Calibrations");

            migrationBuilder.DropTable(
                name: "QuestionRules");

            migrationBuilder.DropColumn(
                name: "Shape",
                table: "TemplateVersions");

            migrationBuilder.DropColumn(
                name: "Evidence",
                table: "Cells");

            migrationBuilder.DropColumn(
                name: "IsRuled",
                table: "Cells");

            migrationBuilder.DropColumn(
                name: "Problem",
                table: "Cells");

            migrationBuilder.DropColumn(
                name: "Raw",
                table: "Cells");
        }
    }
}
