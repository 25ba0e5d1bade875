using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>The statement that turns a claimed row into an answered one. Written out, because every row of every batch runs it once: built from expressions it took four times the processor's time.</summary>
internal static class AnswerSql
{
    /// <summary>Saves what stands in the row itself, if the claim still stands.</summary>
    /// <param name="db">The database, in a transaction.</param>
    /// <param name="row">The answered row; its number of attempts is the claim's.</param>
    /// <param name="node">Who claimed.</param>
    /// <returns>False where the claim no longer stands.</returns>
    public static async Task<bool> SaveAsync(StudioDbContext db, Row row, string node) => await db.Database.ExecuteSqlAsync($"""
        UPDATE "Rows" SET "Status" = 'Answered', "NodeId" = NULL, "LeaseUntil" = NULL, "NotBefore" = NULL, "Error" = NULL,
            "Answer" = {row.Answer}, "Seconds" = {row.Seconds}, "ConfirmedCells" = {row.ConfirmedCells}, "ConfirmationSeconds" = {row.ConfirmationSeconds},
            "AnsweredAt" = {row.AnsweredAt}, "Identity" = {row.Identity}, "SharedManifestId" = {row.SharedManifestId},
            "ReusedFromRowId" = {row.ReusedFromRowId}, "ReusedFromBatchId" = {row.ReusedFromBatchId}
        WHERE "Id" = {row.Id} AND "Status" = 'Running' AND "Attempts" = {row.Attempts} AND "NodeId" = {node}
        """) > 0;
}
