using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Data.Cluster;

/// <summary>PostgreSQL ends a session that stands still in a transaction, so that its locks do not outlast its node.</summary>
[Collection(typeof(OnPostgres))]
public sealed class IdleLimitTests(PostgresServer postgres)
{
    [Theory]
    [InlineData("", "20s", "2MB")]
    [InlineData(";Options=-c wal_skip_threshold=4MB", "20s", "4MB")]
    [InlineData(";Options=-c idle_in_transaction_session_timeout=5s", "5s", "2MB")]
    public async Task Session_OfTheStudio_HasALimitUnlessToldAnother(string options, string limit, string other)
    {
        await using var db = new StudioDatabase(await postgres.CreateDatabaseAsync() + options).CreateDbContext();
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal((limit, other), (await SettingAsync("idle_in_transaction_session_timeout"), await SettingAsync("wal_skip_threshold")));

        Task<string> SettingAsync(string name) => db.Database.SqlQuery<string>($"""SELECT current_setting({name}) AS "Value" """).SingleAsync(cancellation);
    }
}
