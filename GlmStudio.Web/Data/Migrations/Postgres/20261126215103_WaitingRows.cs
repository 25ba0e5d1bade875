using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class WaitingRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Rows_Waiting",
                table: "Rows",
                columns: new[] { "BatchId", "Ordinal" },
                filter: "\"Status\" = 'Queued'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Rows_Waiting",
                table: "Rows");
        }
    }
}
