using System.Text;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Templates;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class TemplateHandlersTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private StudioApp _studio = null!;

    public async ValueTask InitializeAsync() => _studio = await StudioApp.StartAsync();

    public ValueTask DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Create_ValidDraft_IsVersionOne()
    {
        var saved = await Create(Drafts.Ticket());
        Assert.Equal(1, saved.Version!.Number);
        Assert.Equal(["from", "to"], (await Find("ticket")).Version!.Fields.Select(f => f.Key));
    }

    [Fact]
    public async Task Create_TakenKey_IsRefusedAlsoWhenArchived()
    {
        await Create(Drafts.Ticket());
        await _studio.Get<ArchiveTemplate>().HandleAsync("ticket", cancellation: Cancellation);
        Assert.Equal("key", Assert.Single((await Create(Drafts.Ticket())).Problems).Place);
    }

    [Fact]
    public async Task Save_ChangedContent_IsTheNextVersionAndLeavesTheFirst()
    {
        var first = await Create(Drafts.Ticket());
        var saved = await Save(Drafts.Ticket("from", "to", "price"), 1);
        Assert.Equal((2, true), (saved.Version!.Number, saved.IsNew));
        await using var db = _studio.OpenDatabase();
        Assert.Equal(2, (await db.TemplateVersions.SingleAsync(v => v.Id == first.Version!.Id, Cancellation)).Fields.Count);
    }

    [Fact]
    public async Task Save_UnchangedContent_MakesNoVersionButKeepsANewName()
    {
        await Create(Drafts.Ticket());
        var draft = Drafts.Ticket();
        (draft.Name, draft.Instruction) = ("Train ticket", "Read the ticket.\r\n");
        var saved = await Save(draft, 1);
        Assert.Equal((1, false), (saved.Version!.Number, saved.IsNew));
        Assert.Equal("Train ticket", (await Find("ticket")).Version!.Template!.Name);
    }

    [Fact]
    public async Task Save_OnAnOldVersion_IsRefusedAndSaysWhichIsNew()
    {
        await Create(Drafts.Ticket());
        await Save(Drafts.Ticket("a"), 1);
        Assert.Contains("Somebody saved version 2", (await Save(Drafts.Ticket("b"), 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_TwoAuthorsInTheSameMoment_OneWins()
    {
        await Create(Drafts.Ticket());
        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Save(Drafts.Ticket($"author{i}"), 1)));
        Assert.Single(saved, s => s.Version is not null);
        Assert.All(saved.Where(s => s.Version is null), s => Assert.Contains("Somebody saved version 2", s.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Duplicate_Twice_TakesFreeKeys()
    {
        await Create(Drafts.Ticket());
        await _studio.Get<DuplicateTemplate>().HandleAsync("ticket", Cancellation);
        var second = await _studio.Get<DuplicateTemplate>().HandleAsync("ticket", Cancellation);
        Assert.Equal("ticket-3", second.Version!.Template!.Key);
        Assert.Equal("车票 3", second.Version.Template.Name);
    }

    [Fact]
    public async Task Archive_HidesFromTheListAndBack()
    {
        await Create(Drafts.Ticket());
        await _studio.Get<ArchiveTemplate>().HandleAsync("ticket", cancellation: Cancellation);
        Assert.Empty(await _studio.Get<ListTemplates>().HandleAsync(cancellation: Cancellation));
        Assert.True(Assert.Single(await _studio.Get<ListTemplates>().HandleAsync(archived: true, Cancellation)).IsArchived);
        await _studio.Get<ArchiveTemplate>().HandleAsync("ticket", archive: false, Cancellation);
        Assert.Equal(["from", "to"], Assert.Single(await _studio.Get<ListTemplates>().HandleAsync(cancellation: Cancellation)).Fields);
    }

    [Fact]
    public async Task Import_ExistingKey_IsTheNextVersionAndShowsTheTemplateAgain()
    {
        await Create(Drafts.Ticket());
        await _studio.Get<ArchiveTemplate>().HandleAsync("ticket", cancellation: Cancellation);
        var saved = await Import(TemplateJson.Write(Drafts.Ticket("price")));
        Assert.Equal((2, "Imported from ticket.json"), (saved.Version!.Number, saved.Version.Note));
        Assert.Single(await _studio.Get<ListTemplates>().HandleAsync(cancellation: Cancellation));
    }

    [Fact]
    public async Task Import_EndlessStream_StopsAtTheLimit()
    {
        await using var endless = new MemoryStream(new byte[5 * TemplateJson.MaxBytes]);
        var saved = await _studio.Get<ImportTemplate>().HandleAsync(endless, "x.json", Cancellation);
        Assert.Contains("larger than 1 MB", saved.Message, StringComparison.Ordinal);
        Assert.Equal(TemplateJson.MaxBytes + 1, endless.Position);
    }

    [Fact]
    public async Task Export_ThenImport_ChangesNothing()
    {
        await Create(Drafts.Ticket());
        var file = await _studio.Get<ExportTemplate>().HandleAsync("ticket", cancellation: Cancellation);
        Assert.False((await Import(file!)).IsNew);
        Assert.Null(await _studio.Get<ExportTemplate>().HandleAsync("ticket", 9, Cancellation));
    }

    [Fact]
    public async Task InstallLibrary_Twice_AddsEachOnce()
    {
        Assert.Equal(["receipt", "invoice", "menu", "product", "orders", "lab", "nameplate", "consistency"],
            await _studio.Get<InstallLibrary>().HandleAsync(Cancellation));
        Assert.Empty(await _studio.Get<InstallLibrary>().HandleAsync(Cancellation));
        Assert.Equal(["company", "date", "address", "total"], (await Find("receipt")).Version!.Fields.Select(f => f.Key));
    }

    [Fact]
    public async Task Restore_OldVersion_BecomesTheNewest()
    {
        await Create(Drafts.Ticket());
        await Save(Drafts.Ticket("price"), 1);
        var restored = await _studio.Get<RestoreVersion>().HandleAsync("ticket", 1, Cancellation);
        Assert.Equal((3, 2), (restored.Version!.Number, restored.Version.Fields.Count));
        Assert.Single((await _studio.Get<RestoreVersion>().HandleAsync("ticket", 9, Cancellation)).Problems);
    }

    [Fact]
    public async Task Find_LibraryKeyInAnEmptyDatabase_InstallsIt() => Assert.Equal(1, (await Find("invoice")).Version!.Number);

    [Fact]
    public async Task Find_UnknownKey_ListsTheKnownOnes()
    {
        await Create(Drafts.Ticket());
        var found = await Find("tikcet");
        Assert.Null(found.Version);
        Assert.Equal("There is no template \"tikcet\". Known: consistency, invoice, lab, menu, nameplate, orders, product, receipt, ticket; or give a JSON file.", found.Message);
    }

    [Fact]
    public async Task Find_File_ImportsItAndRefusesADamagedOne()
    {
        var path = Path.Combine(_studio.DataFolder, "车票.json");
        await File.WriteAllBytesAsync(path, TemplateJson.Write(Drafts.Ticket()), Cancellation);
        Assert.Equal("ticket", (await Find(path)).Version!.Template!.Key);
        await File.WriteAllTextAsync(path, "{", Encoding.UTF8, Cancellation);
        Assert.Contains("not valid JSON", (await Find(path)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await Find(path + ".json")).Message, StringComparison.Ordinal);
    }

    private Task<SavedTemplate> Create(TemplateDraft draft) => _studio.Get<CreateTemplate>().HandleAsync(draft, "", Cancellation);

    private Task<SavedTemplate> Save(TemplateDraft draft, int basedOn) => _studio.Get<SaveVersion>().HandleAsync(draft, basedOn, "note", Cancellation);

    private Task<FoundTemplate> Find(string name) => _studio.Get<FindTemplate>().HandleAsync(name, Cancellation);

    private Task<SavedTemplate> Import(byte[] file) => _studio.Get<ImportTemplate>().HandleAsync(new MemoryStream(file), "ticket.json", Cancellation);
}
