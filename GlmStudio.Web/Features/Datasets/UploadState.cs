namespace GlmStudio.Web.Features.Datasets;

/// <summary>How far an upload is, as wwwroot/js/datasets.js says it.</summary>
public sealed record UploadState
{
    /// <summary><c>idle</c>, <c>scanning</c>, <c>checking</c>, <c>sending</c>, <c>done</c> or <c>cancelled</c>.</summary>
    public string Phase { get; init; } = "idle";

    public bool Running { get; init; }
    public int Files { get; init; }
    public long Bytes { get; init; }
    public int DoneFiles { get; init; }
    public long DoneBytes { get; init; }

    /// <summary>Files that were there already.</summary>
    public int Known { get; init; }

    /// <summary>Pictures added, each page of a PDF counted.</summary>
    public int Pictures { get; init; }

    public int Duplicates { get; init; }
    public int Damaged { get; init; }

    /// <summary>Left out in the browser: hidden files, label sheets, other kinds.</summary>
    public int Hidden { get; init; }
    public int Sheets { get; init; }
    public int Others { get; init; }

    /// <summary>Files that did not arrive and can be sent again.</summary>
    public int Failed { get; init; }

    public long BytesPerSecond { get; init; }
    public int SecondsLeft { get; init; }
    public IReadOnlyList<UploadProblem> Problems { get; init; } = [];

    public bool IsBusy => Phase is "scanning" or "checking" or "sending";
}

/// <param name="Path">The file; empty where it concerns the upload.</param>
/// <param name="Message">What the server or the browser said; <c>connection</c> and <c>unreadable</c> are the script's own words.</param>
/// <param name="Kind"><c>damaged</c>, <c>refused</c> or <c>failed</c>.</param>
public sealed record UploadProblem(string Path, string Message, string Kind);
