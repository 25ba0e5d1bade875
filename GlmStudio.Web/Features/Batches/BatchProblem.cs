using System.Globalization;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Why something about a batch cannot be done.</summary>
/// <param name="Text">English sentence with <c>{0}</c> places; the key of its translation.</param>
/// <param name="Arguments">What stands in the places.</param>
public sealed record BatchProblem(string Text, params object[] Arguments)
{
    /// <summary>The sentence in the visitor's language.</summary>
    public string In(IStringLocalizer texts) => texts[Text, [.. Arguments.Select(a => a is Enum status ? texts[status.ToString()].Value : a)]];

    /// <summary>The English sentence, for programs and logs.</summary>
    public override string ToString() => Arguments.Length == 0 ? Text : string.Format(CultureInfo.InvariantCulture, Text, Arguments);
}
