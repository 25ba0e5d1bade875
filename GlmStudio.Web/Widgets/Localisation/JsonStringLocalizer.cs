using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Widgets.Localisation;

/// <summary>English is the key; Chinese stands in the <c>zh.json</c> beside the page that shows it. A text without translation stays English.</summary>
public sealed class JsonStringLocalizer : IStringLocalizer
{
    private static readonly Dictionary<string, string> Chinese = Load(typeof(JsonStringLocalizer).Assembly);

    public LocalizedString this[string name]
    {
        get
        {
            var text = Translate(name);
            return new LocalizedString(name, text ?? name, resourceNotFound: text is null);
        }
    }

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            // A text without places may hold braces of its own: {field}.
            if (arguments.Length == 0) return this[name];
            var text = Translate(name);
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, text ?? name, arguments), resourceNotFound: text is null);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => Chinese.Select(t => new LocalizedString(t.Key, t.Value));

    private static string? Translate(string name) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? Chinese.GetValueOrDefault(name) : name;

    private static Dictionary<string, string> Load(Assembly assembly)
    {
        var texts = new Dictionary<string, string>();
        foreach (var file in assembly.GetManifestResourceNames().Where(n => n.StartsWith("zh/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(file)!;
            foreach (var (english, chinese) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) texts[english] = chinese;
        }
        return texts;
    }
}
