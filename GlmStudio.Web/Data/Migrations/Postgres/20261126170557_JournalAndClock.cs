using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace GlmStudio.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class JournalAndClock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Confirms",
                table: "TemplateVersions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "DoneBy",
                table: "Schedules",
                type: "time without time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "Schedules",
                type: "character varying(2)",
                maxLength: 2,
                nullable: false,
                defaultValue: "en");

            migrationBuilder.AddColumn<string>(
                name: "Message",
                table: "Schedules",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Misfire",
                table: "Schedules",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "FireOnce");

            migrationBuilder.AddColumn<bool>(
                name: "OnlyNewPictures",
                table: "Schedules",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Overlap",
                table: "Schedules",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Wait");

            migrationBuilder.AddColumn<string>(
                name: "PauseReason",
                table: "Schedules",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PausedUntil",
                table: "Schedules",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WatchFolder",
                table: "Schedules",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "ConfirmationSeconds",
                table: "Rows",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<int>(
                name: "ConfirmedCells",
                table: "Rows",
                type: "integer",
                nullable: false,
                defaultValue: 0);

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
                name: "ApiFiles",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Purpose = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ByteCount = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiFiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CompletionBatches",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    InputFileId = table.Column<string>(type: "text", nullable: false),
                    Endpoint = table.Column<string>(type: "text", nullable: false),
                    Window = table.Column<string>(type: "text", nullable: false),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Metadata = table.Column<string>(type: "text", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    Model = table.Column<string>(type: "text", nullable: true),
                    OutputFileId = table.Column<string>(type: "text", nullable: true),
                    ErrorFileId = table.Column<string>(type: "text", nullable: true),
                    Faults = table.Column<string>(type: "text", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    Completed = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: true),
                    OwnedUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    InProgressAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FinalizingAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CancellingAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompletionBatches", x => x.Id);
                });

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
                name: "ScheduleFires",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ScheduleId = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Cause = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Detail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    BatchId = table.Column<int>(type: "integer", nullable: true),
                    NotedEnd = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduleFires", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ScheduleFires_Batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "Batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_ScheduleFires_Schedules_ScheduleId",
                        column: x => x.ScheduleId,
                        principalTable: "Schedules",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ScheduleMessages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ScheduleId = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Facts = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    PartsSent = table.Column<int>(type: "integer", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Problem = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduleMessages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ScheduleMessages_Schedules_ScheduleId",
                        column: x => x.ScheduleId,
                        principalTable: "Schedules",
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

            migrationBuilder.CreateTable(
                name: "CompletionLines",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BatchId = table.Column<string>(type: "character varying(64)", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    CustomId = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    Offset = table.Column<long>(type: "bigint", nullable: false),
                    Length = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    StatusCode = table.Column<int>(type: "integer", nullable: true),
                    Response = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompletionLines", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CompletionLines_CompletionBatches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "CompletionBatches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "IX_Batches_ScheduleId",
                table: "Batches",
                column: "ScheduleId");

            migrationBuilder.CreateIndex(
                name: "IX_ApiFiles_CreatedAt",
                table: "ApiFiles",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CompletionBatches_CreatedAt",
                table: "CompletionBatches",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CompletionBatches_IdempotencyKey",
                table: "CompletionBatches",
                column: "IdempotencyKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CompletionBatches_Status",
                table: "CompletionBatches",
                column: "Status");

            migrationBuilder.CreateIndex(
                name: "IX_CompletionLines_BatchId_Number",
                table: "CompletionLines",
                columns: new[] { "BatchId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CompletionLines_BatchId_Status_Number",
                table: "CompletionLines",
                columns: new[] { "BatchId", "Status", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Journal_RowId",
                table: "Journal",
                column: "RowId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleFires_At",
                table: "ScheduleFires",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleFires_BatchId",
                table: "ScheduleFires",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleFires_Outcome",
                table: "ScheduleFires",
                column: "Outcome");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleFires_ScheduleId_At",
                table: "ScheduleFires",
                columns: new[] { "ScheduleId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleMessages_DueAt",
                table: "ScheduleMessages",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleMessages_ScheduleId",
                table: "ScheduleMessages",
                column: "ScheduleId");

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
                name: "ApiFiles");

            migrationBuilder.DropTable(
                name: "CompletionLines");

            migrationBuilder.DropTable(
                name: "Journal");

            migrationBuilder.DropTable(
                name: "ScheduleFires");

            migrationBuilder.DropTable(
                name: "ScheduleMessages");

            migrationBuilder.DropTable(
                name: "SharedManifests");

            migrationBuilder.DropTable(
                name: "CompletionBatches");

            migrationBuilder.DropIndex(
                name: "IX_Rows_Identity",
                table: "Rows");

            migrationBuilder.DropIndex(
                name: "IX_Rows_SharedManifestId",
                table: "Rows");

            migrationBuilder.DropIndex(
                name: "IX_Batches_ScheduleId",
                table: "Batches");

            migrationBuilder.DropColumn(
                name: "Confirms",
                table: "TemplateVersions");

            migrationBuilder.DropColumn(
                name: "DoneBy",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "Language",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "Message",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "Misfire",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "OnlyNewPictures",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "Overlap",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "PauseReason",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "PausedUntil",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "WatchFolder",
                table: "Schedules");

            migrationBuilder.DropColumn(
                name: "ConfirmationSeconds",
                table: "Rows");

            migrationBuilder.DropColumn(
                name: "ConfirmedCells",
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
