using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Tells of every command and connection that failed; changes nothing.</summary>
internal sealed class FaultInterceptor(Action<Exception> tell) : IDbCommandInterceptor, IDbConnectionInterceptor
{
    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => tell(eventData.Exception);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        tell(eventData.Exception);
        return Task.CompletedTask;
    }

    public void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => tell(eventData.Exception);

    public Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        tell(eventData.Exception);
        return Task.CompletedTask;
    }
}
