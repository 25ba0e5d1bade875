using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace GlmStudio.Tests;

/// <summary>Lets AngleSharp.Diffing 0.17 stand in for the 1.x that bUnit was built against (see Bunit.targets).</summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll")) : null;
}
