using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Where a checkpoint computes in the end: on the card it was told, or on the processor because of a reason that people are shown.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Warning">Why it is not the device that was asked for; null where it is.</param>
internal sealed record DeviceChoice(string Device, string? Warning)
{
    public const string Cpu = "cpu";
    private const string OnTheProcessor = "the processor computes instead";
    private const string Driver = "libcuda.so.1";

    // What the CUDA provider of ONNX Runtime 1.29 links to, the driver first: without it the others are of no use.
    private static readonly string[] Needed = [Driver, "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10"];

    /// <summary>Chooses among several, separated by commas: those that can be used, or the processor where none can. What the others lack stands with the first.</summary>
    public static IReadOnlyList<DeviceChoice> All(string wanted) => All(wanted, Of);

    /// <inheritdoc cref="All(string)"/>
    internal static IReadOnlyList<DeviceChoice> All(string wanted, Func<string, DeviceChoice> choose)
    {
        var choices = wanted.Split(',', StringSplitOptions.TrimEntries).Select(choose).ToList();
        var usable = choices.Where(c => c.Warning is null).ToList();
        if (usable.Count == choices.Count) return usable;
        var warning = string.Join(' ', choices.Select(c => c.Warning).OfType<string>());
        return usable.Count == 0 ? [new DeviceChoice(Cpu, warning)]
            : [usable[0] with { Warning = warning.Replace(OnTheProcessor, "the other cards compute instead", StringComparison.Ordinal) }, .. usable.Skip(1)];
    }

    /// <summary>Chooses for this machine and takes the card for this process.</summary>
    public static DeviceChoice Of(string wanted) => Of(wanted, name => NativeLibrary.TryLoad(name, out _), ProviderProblem, CardLock.Machine);

    /// <summary>Chooses.</summary>
    /// <param name="wanted"><c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="loads">Whether a library is found and can be loaded.</param>
    /// <param name="problemOf">Why the runtime's provider refuses a card; null where it takes it.</param>
    /// <param name="cards">Which process has which card.</param>
    internal static DeviceChoice Of(string wanted, Func<string, bool> loads, Func<int, string?> problemOf, CardLock cards)
    {
        if (wanted == Cpu) return new DeviceChoice(Cpu, null);
        var card = OnnxSettings.CardOf(wanted);
        var missing = Needed.Where(l => !loads(l)).ToList();
        var problem = missing.Contains(Driver) ? $"no NVIDIA driver was found ({Driver} is missing)"
            : missing.Count > 0 ? $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing: install CUDA 13 where the loader finds it (LD_LIBRARY_PATH)"
            : problemOf(card) ?? (cards.Take(card) is { } holder ? $"{holder} has this card: stop it, or name another card in Models:Device" : null);
        return problem is null ? new DeviceChoice(wanted, null) : new DeviceChoice(Cpu, string.Create(CultureInfo.InvariantCulture, $"{wanted} cannot be used, {OnTheProcessor}: {problem}."));
    }

    private static string? ProviderProblem(int card)
    {
        try
        {
            using var options = new OnnxSettings(Device: string.Create(CultureInfo.InvariantCulture, $"{OnnxSettings.Cuda}{card}")).ToOptions();
            return null;
        }
        catch (EntryPointNotFoundException)
        {
            return "this build of ONNX Runtime has no CUDA: build on a machine with an NVIDIA driver, or with OrtCuda=true";
        }
        catch (OnnxRuntimeException fault)
        {
            return fault.Message.TrimEnd('.');
        }
    }
}
