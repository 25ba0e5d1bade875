using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Postgres
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
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Json");

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "Cells",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsRuled",
                table: "Cells",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Problem",
                table: "Cells",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Raw",
                table: "Cells",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Calibrations",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TemplateVersionId = table.Column<int>(type: "integer", nullable: false),
                    Engine = table.Column<string>(type: "text", nullable: false),
                    BatchId = table.Column<int>(type: "integer", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Cells = table.Column<int>(type: "integer", nullable: false),
                    PerThousand = table.Column<double>(type: "double precision", nullable: false),
                    Fields = table.Column<string>(type: "jsonb", nullable: true)
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
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    Words = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    IsPattern = table.Column<bool>(type: "boolean", nullable: false),
                    TemplateId = table.Column<int>(type: "integer", nullable: false),
                    FieldKeys = table.Column<List<string>>(type: "text[]", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
