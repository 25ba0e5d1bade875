using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Journal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Identity",
                table: "Rows",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "NotBefore",
                table: "Rows",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Repeat",
                table: "Rows",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "ReusedFromBatchId",
                table: "Rows",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReusedFromRowId",
                table: "Rows",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SharedManifestId",
                table: "Rows",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAnew",
                table: "Batches",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "PreviousBatchId",
                table: "Batches",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Priority",
                table: "Batches",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Normal");

            migrationBuilder.AddColumn<int>(
                name: "Repeats",
                table: "Batches",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "Journal",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    RowId = table.Column<long>(type: "bigint", nullable: false),
                    Attempt = table.Column<int>(type: "integer", nullable: false),
                    Event = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Seconds = table.Column<double>(type: "double precision", nullable: false),
                    Note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Tokens = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Journal", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Journal_Rows_RowId",
                        column: x => x.RowId,
                        principalTable: "Rows",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SharedManifests",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Parts = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SharedManifests", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Rows_Identity",
                table: "Rows",
                column: "Identity");

            migrationBuilder.CreateIndex(
                name: "IX_Rows_SharedManifestId",
                table: "Rows",
                column: "SharedManifestId");

            migrationBuilder.CreateIndex(
                name: "IX_Journal_RowId",
                table: "Journal",
                column: "RowId");

            migrationBuilder.CreateIndex(
                name: "IX_SharedManifests_Hash",
                table: "SharedManifests",
                column: "Hash",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Rows_SharedManifests_SharedManifestId",
                table: "Rows",
                column: "SharedManifestId",
                principalTable: "SharedManifests",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Rows_SharedManifests_SharedManifestId",
                table: "Rows");

            migrationBuilder.DropTable(
                name: "Journal");

            migrationBuilder.DropTable(
                name: "SharedManifests");

            migrationBuilder.DropIndex(
                name: "IX_Rows_Identity",
                table: "Rows");

            migrationBuilder.DropIndex(
                name: "IX_Rows_SharedManifestId",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "Identity",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "NotBefore",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "Repeat",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "ReusedFromBatchId",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "ReusedFromRowId",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "SharedManifestId",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "IsAnew",
                table: "Batches");

            migrationBuilder.DropColumn(
                name: "PreviousBatchId",
                table: "Batches");

            migrationBuilder.DropColumn(
                name: "Priority",
                table: "Batches");

            migrationBuilder.DropColumn(
                name: "Repeats",
                table: "Batches");
        }
    }
}
