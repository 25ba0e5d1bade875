using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GlmStudio.Web.Data;

/// <summary>On SQLite: a commit does not wait for the disk. Who waits for the file asks again every 150 ms, so where every commit holds it for a whole flush, those that write
/// seldom (the clock, the measuring of pictures) found it locked until their 30 s were over. A killed process loses nothing; a machine that loses its power may lose the last
/// moments, and never the file: write-ahead logging keeps it whole.</summary>
internal sealed class UnhurriedDisk : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA synchronous=NORMAL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
