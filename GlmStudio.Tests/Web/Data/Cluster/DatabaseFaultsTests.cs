using System.Net.Sockets;
using GlmStudio.Web.Data.Cluster;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GlmStudio.Tests.Web.Data.Cluster;

public sealed class DatabaseFaultsTests
{
    public static TheoryData<Exception, bool> Faults => new()
    {
        { new NpgsqlException("Failed to connect", new SocketException()), true },
        { new NpgsqlException("Exception while reading from stream", new EndOfStreamException()), true },
        { new NpgsqlException("The operation has timed out", new TimeoutException()), true },
        { new DbUpdateException("An error occurred", new NpgsqlException("Failed", new IOException())), true },
        { new PostgresException("terminating connection due to administrator command", "FATAL", "FATAL", "57P01"), true },
        { new PostgresException("the database system is starting up", "FATAL", "FATAL", "57P03"), true },
        { new PostgresException("terminating connection due to idle-in-transaction timeout", "FATAL", "FATAL", "25P03"), true },
        { new PostgresException("connection failure", "ERROR", "ERROR", "08006"), true },
        { new PostgresException("canceling statement due to user request", "ERROR", "ERROR", "57014"), false },
        { new DbUpdateException("An error occurred", new PostgresException("duplicate key", "ERROR", "ERROR", "23505")), false },
        { new IOException("The disk is full"), false },
        { new InvalidOperationException("Something else"), false },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void IsAway_Fault_TellsAwayFromRefusing(Exception fault, bool expected) => Assert.Equal(expected, DatabaseFaults.IsAway(fault));
}
