using System.Reflection;

namespace GlmStudio.Web.Engines;

/// <summary>Which version of this program, or of a library, runs.</summary>
public static class ProgramVersion
{
    /// <summary>This program's.</summary>
    public static string Current { get; } = Of(typeof(Studio).Assembly);

    /// <summary>The version as people know it, without the commit it was built from.</summary>
    public static string Of(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "").Split('+')[0];
}
