using GlmStudio.Engine;
using GlmStudio.Web.Hosting;

namespace GlmStudio.Tests.Web.Hosting;

public sealed class RunArgumentsTests
{
    [Fact]
    public void Parse_EveryOption_IsRead()
    {
        var folder = Directory.CreateTempSubdirectory("glm-run-");
        try
        {
            var sheet = Path.Combine(folder.FullName, "labels.xlsx");
            File.WriteAllText(sheet, "");
            var (arguments, exitCode) = RunArguments.Parse(["--images", folder.FullName, "--template=receipt", "--labels", sheet, "--map", "total=Sum, net", "date=日期",
                "--map", "id=No.", "--report", Path.Combine(folder.FullName, "new/out.xlsx"), "--engine", "reader", "--grounding", "pictureOnly", "--limit", "3"], TextWriter.Null, TextWriter.Null);
            Assert.Equal(0, exitCode);
            Assert.Equal((folder.FullName, "receipt", sheet, "reader", 3), (arguments!.Images, arguments.Template, arguments.Labels, arguments.Engine, arguments.Limit));
            Assert.Equal(Grounding.PictureOnly, arguments.Grounding);
            Assert.Equal([("date", "日期"), ("id", "No."), ("total", "Sum, net")], arguments.Map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (m.Key, m.Value)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--template receipt", "--images")]
    [InlineData("--images .", "--template")]
    [InlineData("--images ./no-such-folder --template receipt", "there is no folder")]
    [InlineData("--images . --template receipt --labels no-such.xlsx", "there is no file")]
    [InlineData("--images . --template receipt --limit 0", "it must be at least 1")]
    [InlineData("--images . --template receipt --limit many", "many")]
    [InlineData("--images . --template receipt --map total=Sum", "it needs --labels")]
    [InlineData("--images . --template receipt --map total", "not of the form key=column")]
    [InlineData("--images . --template receipt --report .", "is a folder")]
    [InlineData("--images . --template receipt --grounding text", "it is one of default, pageText, pictureOnly, textOnly")]
    [InlineData("--images . --template receipt --colour red", "--colour")]
    public void Parse_BadLine_SaysWhatWasFound(string line, string expected)
    {
        using var error = new StringWriter();
        var (arguments, exitCode) = RunArguments.Parse(line.Split(' '), TextWriter.Null, error);
        Assert.Null(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Help_ExplainsAndEndsWell()
    {
        using var output = new StringWriter();
        var (arguments, exitCode) = RunArguments.Parse(["--help"], output, TextWriter.Null);
        Assert.Null(arguments);
        Assert.Equal(0, exitCode);
        Assert.Contains("--jsonl", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data d --limit 3", "--Studio:Data=d", "--limit 3")]
    [InlineData("--data=d --limit=3", "--Studio:Data=d", "--limit=3")]
    [InlineData("--Batches:RowSeconds 9 --images x", "--Batches:RowSeconds=9", "--images x")]
    [InlineData("--images x --Batches:RowSeconds=9 --api-port 0", "--Batches:RowSeconds=9 --Studio:ApiPort=0", "--images x")]
    [InlineData("--map a=b:c --data", "", "--map a=b:c --data")]
    [InlineData("--report C:out.xlsx", "", "--report C:out.xlsx")]
    public void Split_SettingsAndOptions_ArePartedInEitherForm(string line, string settings, string rest)
    {
        var parted = Shorthands.Split(line.Split(' '));
        Assert.Equal((settings, rest), (string.Join(' ', parted.Settings), string.Join(' ', parted.Others)));
    }
}
