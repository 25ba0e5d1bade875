using System.Net.Sockets;
using Npgsql;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Tells a database that is away from one that refuses.</summary>
public static class DatabaseFaults
{
    // The server ended this session, which had stood still in a transaction.
    private const string IdleInTransaction = "25P03";

    /// <summary>True where the fault, or what lies behind it, says that PostgreSQL did not answer: it is stopped, starting, or out of reach.</summary>
    public static bool IsAway(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException refusal) return IsShuttingDown(refusal.SqlState);
            if (cause is NpgsqlException { InnerException: IOException or SocketException or TimeoutException }) return true;
        }
        return false;
    }

    // Class 57: the server ends this session, crashed, or is starting up. Class 08: the connection broke.
    private static bool IsShuttingDown(string state) => state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleInTransaction
        || state.StartsWith("08", StringComparison.Ordinal);
}
