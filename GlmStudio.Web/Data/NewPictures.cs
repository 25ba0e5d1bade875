using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Data;

/// <summary>Which pictures are new to a schedule.</summary>
public static class NewPictures
{
    /// <summary>Pictures that no batch of the schedule had. Rows that were cancelled do not count: nobody has their answers.</summary>
    public static IQueryable<ImageItem> NewTo(this IQueryable<ImageItem> pictures, StudioDbContext db, int? scheduleId) =>
        pictures.Where(i => !db.Rows.Any(r => r.ImageItemId == i.Id && r.Status != RowStatus.Cancelled && r.Batch!.ScheduleId == scheduleId));
}
