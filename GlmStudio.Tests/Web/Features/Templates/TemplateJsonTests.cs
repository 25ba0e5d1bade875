using System.Text;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class TemplateJsonTests
{
    private const string Head = """ "format":"glm-studio-template","version":1,"key":"t","name":"T", """;

    [Fact]
    public void Write_ThenRead_GivesTheSameDraft()
    {
        var draft = Drafts.Ticket("from", "等级");
        draft.Instruction = "第一行\n\"quoted\" <b>";
        draft.Grounding = Grounding.PageText;
        (draft.Shape, draft.Confirms) = (AnswerShape.FillIn, true);
        draft.Fields[0].Copied = false;
        draft.Fields[1] = new Field { Key = "等级", Label = "Class", Type = FieldType.Choice, Required = true, Example = "二等", Description = "😀", Choices = ["一等", "二等"] };
        var file = TemplateJson.Write(draft);
        var (read, problems) = TemplateJson.Read(file);
        Assert.Empty(problems);
        Assert.Equal(file, TemplateJson.Write(read!));
        Assert.Equal((Grounding.PageText, AnswerShape.FillIn, true, (bool?)false), (read!.Grounding, read.Shape, read.Confirms, read.Fields[0].Copied));
        Assert.Contains("二等", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", Grounding.ModelDefault)]
    [InlineData(""" ,"grounding":"default" """, Grounding.ModelDefault)]
    [InlineData(""" ,"grounding":"pictureOnly" """, Grounding.PictureOnly)]
    public void Read_Grounding_IsTheWordOrTheModelsWay(string part, Grounding expected)
    {
        var (draft, problems) = TemplateJson.Read(Encoding.UTF8.GetBytes("{" + Head + """ "fields":[{"key":"a"}]""" + part + "}"));
        Assert.Empty(problems);
        Assert.Equal(expected, draft!.Grounding);
        Assert.Equal(expected == Grounding.ModelDefault, !Encoding.UTF8.GetString(TemplateJson.Write(draft)).Contains("grounding", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() => Assert.Empty(TemplateJson.Read([0xEF, 0xBB, 0xBF, .. TemplateJson.Write(Drafts.Ticket())]).Problems);

    [Theory]
    [InlineData("", "line 1, byte 1")]
    [InlineData("{\n \"key\": ", "line 2")]
    [InlineData("{} {}", "not valid JSON")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]", "not valid JSON")]
    [InlineData("[]", "Found [] where an object {…} belongs.")]
    [InlineData("{}", "The property \"format\" is missing.")]
    [InlineData("""{"format":"x"}""", "format: This is not a template file: format is \"x\"")]
    [InlineData("{" + Head + """ "fields":[],"colour":1}""", "colour: The property \"colour\" is not known.")]
    [InlineData("{" + Head + """ "fields":[{"key":"a","hint":"x"}]}""", "fields[0].hint: The property \"hint\" is not known.")]
    [InlineData("{" + Head + """ "fields":[{"key":"a"},{"label":"x"}]}""", "fields[1]: The property \"key\" is missing.")]
    [InlineData("{" + Head + """ "fields":[{"key":"a","type":"monney"}]}""", "fields[0].type: \"monney\" is not a type. Types are text, number")]
    [InlineData("{" + Head + """ "fields":[{"key":"a","required":"yes"}]}""", "fields[0].required: Found \"yes\" where true or false belongs.")]
    [InlineData("{" + Head + """ "fields":[{"key":"a"}],"grounding":"text"}""", "grounding: \"text\" is not a grounding. It is one of default, pageText, pictureOnly, textOnly.")]
    [InlineData("{" + Head + """ "fields":[{"key":"a"}],"grounding":true}""", "grounding: true is not a grounding.")]
    [InlineData("{" + Head + """ "fields":[{"key":7}]}""", "fields[0].key: Found 7 where a text belongs.")]
    [InlineData("{" + Head + """ "fields":{"key":"a"}}""", "where a list […] belongs")]
    [InlineData("{" + Head + """ "fields":[{"key":"a"}],"name":"again"}""", "name: The property \"name\" is there twice.")]
    [InlineData("{" + Head + """ "fields":[{"key":"a","label":"\ud800"}]}""", "fields[0].label: The text holds characters")]
    [InlineData("""{"format":"glm-studio-template","version":2,"key":"t","name":"T","fields":[{"key":"a"}]}""", "version: Version 2 of the file format is not known")]
    [InlineData("{" + Head + """ "fields":[null]}""", "fields[0]: Found null where an object")]
    public void Read_DamagedFile_NamesPlaceAndReason(string json, string expected)
    {
        var (draft, problems) = TemplateJson.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(draft);
        Assert.Contains(expected, string.Join("\n", problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotUtf8_SaysSo() => Assert.Contains("UTF-8", TemplateJson.Read([0x7B, 0xC4, 0xFF]).Problems[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_TooLarge_IsRefusedUnparsed() => Assert.Contains("larger than 1 MB", TemplateJson.Read(new byte[TemplateJson.MaxBytes + 1]).Problems[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_ThousandsOfFields_AreRefusedByCount()
    {
        var json = "{" + Head + "\"fields\":[" + string.Join(",", Enumerable.Repeat("1", 5_000)) + "]}";
        Assert.Contains("5000 entries; the limit is 60", TemplateJson.Read(Encoding.UTF8.GetBytes(json)).Problems[0].ToString(), StringComparison.Ordinal);
    }
}
