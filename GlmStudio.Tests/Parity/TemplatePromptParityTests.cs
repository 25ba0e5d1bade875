using System.Text.Json;
using System.Text.Json.Serialization;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Parity;

/// <summary>A model is asked at work as it was asked in training: the product's prompt of a template and that of training/mini are the same.</summary>
public sealed class TemplatePromptParityTests : IDisposable
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-templates-");

    [Fact]
    public async Task Render_TemplatesOfAllKinds_GivesTheTrainingsPrompts()
    {
        TemplateVersion[] templates =
        [
            .. from label in new[] { "Value", "数值" } from instruction in new[] { "", "Read the receipt.", "读取小票。" } select EveryType(instruction, label),
            .. OfOneType(), Written(), Strange(), new() { Instruction = " What is\r\nthis? " }, new(), new() { Fields = [new() { Key = "list", Label = "LIST", Type = FieldType.List }] },
        ];
        var file = Path.Combine(_folder.FullName, "templates.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(templates.Select(t => new { t.Instruction, Fields = t.Fields.Select(f => new { f.Key, f.Label, f.Type, f.Description, f.Example, f.Required, f.Choices }) }), Options), TestContext.Current.CancellationToken);

        var printed = await Python.RunAsync("GlmStudio.Tests/Fixtures/Scripts/template_prompts.py", file);

        Assert.Equal(JsonSerializer.Deserialize<string[]>(printed)!, templates.Select(PromptRenderer.Render));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A field of every type: bare, required, with a description, with an example, with all of them.</summary>
    private static TemplateVersion EveryType(string instruction, string label) => new()
    {
        Instruction = instruction,
        Fields =
        [
            .. from type in Enum.GetValues<FieldType>()
               from form in Enumerable.Range(0, 8)
               select new Field
               {
                   Key = $"{type}_{form}", Label = $"{label} {form}", Type = type, Required = (form & 1) != 0, Description = (form & 2) != 0 ? "As printed" : "",
                   Example = (form & 4) != 0 ? "A-1" : "", Choices = type is FieldType.Choice ? ["cash", "现金", "a \"b\" \\ c"] : [],
               },
        ],
    };

    /// <summary>Templates without a list, whose answer is described in fewer words.</summary>
    private static IEnumerable<TemplateVersion> OfOneType() => Enum.GetValues<FieldType>().Select(type => new TemplateVersion
    {
        Fields = [new Field { Key = "key", Label = "KEY", Type = type, Choices = ["one"] }],
    });

    /// <summary>As many Chinese labels as others, which is not most; descriptions with and without a last stop.</summary>
    private static TemplateVersion Written() => new()
    {
        Instruction = "\tFirst line\r\n\r\nsecond\rthird\n",
        Fields = [.. new[] { ".", "!", "?", "…", "。", "！", "？", "；", ";", "：", ":", ",", "，", "" }.Index().Select(end => new Field
        {
            Key = $"k{end.Index}", Label = end.Index % 2 == 0 ? "合计" : "Total", Description = $"Above the line{end.Item}",
        })],
    };

    private static TemplateVersion Strange() => new()
    {
        Fields =
        [
            new() { Key = "𠮷野", Label = "𠮷\n 野", Description = " two\r\n\r\nlines\t", Example = "　全角　空格\u00A0x\u2028y " },
            new() { Key = "ÉTÉ", Label = "été", Type = FieldType.Choice, Choices = ["", " a  b ", "☺ 𠮷"] },
            new() { Key = "レシート", Label = "ラベル", Description = "   ", Example = "\n" },
        ],
    };
}
