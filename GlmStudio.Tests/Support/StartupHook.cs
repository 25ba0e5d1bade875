using System.Reflection;
using System.Runtime.Loader;

/// <summary>Puts an engine that can be watched into a second process of the program: <c>DOTNET_STARTUP_HOOKS</c> names this assembly, the runtime calls this before
/// <c>Main</c>. So the product needs no door for tests. The runtime wants this name, outside any namespace.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        var folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        Environment.SetEnvironmentVariable("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "GlmStudio.Tests");
    }
}
