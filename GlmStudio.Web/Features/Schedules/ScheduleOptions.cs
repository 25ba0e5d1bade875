using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Section <c>Schedules</c>: history, watched folders and messages.</summary>
public sealed class ScheduleOptions
{
    /// <summary>Days that fires and messages are remembered.</summary>
    [Range(1, 4_000)] public int HistoryDays { get; set; } = 400;

    /// <summary>The folder below which schedules may watch folders; empty: no folder is watched.</summary>
    public string WatchRoot { get; set; } = "";

    /// <summary>Seconds a file must stay as it is before it is taken: who copies it may not be done.</summary>
    [Range(1, 86_400)] public int SettleSeconds { get; set; } = 30;

    /// <summary>Hosts (<c>chat.local</c>) or hosts and ports that messages may go to although their addresses are private.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>How often a message is tried; the waits between double from one minute to four hours.</summary>
    [Range(1, 100)] public int MessageAttempts { get; set; } = 12;

    /// <summary>Address people reach the dashboard by, for the links in messages; empty: the address it listens on.</summary>
    public string PublicUrl { get; set; } = "";
}
