namespace GlmStudio.Web.Data.Cluster;

/// <summary>Work that one node at a time does. The numbers are the keys of advisory locks in PostgreSQL: never reuse one.</summary>
public enum Turn
{
    /// <summary>Migrations, the sample project, the clock's triggers.</summary>
    StartUp = 1,

    /// <summary>Watched folders, waiting fires, messages.</summary>
    FollowSchedules = 2,

    /// <summary>Deciding whether a schedule's batch starts.</summary>
    FireSchedule = 3,

    /// <summary>Adding pictures to datasets, and removing bytes that nothing refers to.</summary>
    PictureStore = 4,
}
