using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Cluster : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "LeaseUntil",
                table: "Rows",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NodeId",
                table: "Rows",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Nodes",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    IsDraining = table.Column<bool>(type: "INTEGER", nullable: false),
                    Device = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Cores = table.Column<int>(type: "INTEGER", nullable: false),
                    FreeMemoryBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Cards = table.Column<string>(type: "TEXT", nullable: false),
                    Loaded = table.Column<string>(type: "TEXT", nullable: false),
                    Loadable = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Nodes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StoredImages",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredImages", x => x.Hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Rows_LeaseUntil",
                table: "Rows",
                column: "LeaseUntil",
                filter: "\"Status\" = 'Running'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Nodes");

            migrationBuilder.DropTable(
                name: "StoredImages");

            migrationBuilder.DropIndex(
                name: "IX_Rows_LeaseUntil",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "LeaseUntil",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "NodeId",
                table: "Rows");
        }
    }
}
