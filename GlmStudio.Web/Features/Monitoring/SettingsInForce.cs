using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace GlmStudio.Web.Features.Monitoring;

/// <summary>The settings that somebody set: in appsettings.json, on the command line or in the environment. Secrets are masked.</summary>
public sealed partial class SettingsInForce(IConfiguration configuration)
{
    private const string Mask = "••••";

    // The environment holds much that is no setting of this program: from there only sections count that are named here or set elsewhere.
    private static readonly string[] Ours = ["Studio", "Models", "Inference", "Fetch", "Batches", "Datasets", "Images", "Cluster"];

    public IReadOnlyList<(string Key, string Value)> List()
    {
        var elsewhere = ((IConfigurationRoot)configuration).Providers.Where(p => p is not EnvironmentVariablesConfigurationProvider)
            .SelectMany(p => p.GetChildKeys([], null));
        var sections = Ours.Concat(elsewhere).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. configuration.GetChildren().Where(s => sections.Contains(s.Key) && s.GetChildren().Any())
            .SelectMany(s => s.AsEnumerable()).Where(e => e.Value is not null)
            .Select(e => (e.Key, Masked(e.Key, e.Value!))).OrderBy(e => e.Key, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A connection string with its password masked.</summary>
    public static string WithoutPassword(string connection)
    {
        if (!Secret.IsMatch(connection)) return connection;
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connection };
            foreach (var key in parts.Keys.Cast<string>().Where(k => Secret.IsMatch(k)).ToList()) parts[key] = Mask;
            return parts.ConnectionString;
        }
        catch (ArgumentException)
        {
            return Mask;
        }
    }

    private static string Masked(string key, string value) => Secret.IsMatch(key) ? Mask : value.Contains('=') ? WithoutPassword(value) : value;

    [GeneratedRegex("password|pwd|secret|token|api_?key|credential|passphrase", RegexOptions.IgnoreCase)]
    private static partial Regex Secret { get; }
}
