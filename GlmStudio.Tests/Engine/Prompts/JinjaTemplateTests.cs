using GlmStudio.Engine;
using GlmStudio.Engine.Prompts.Jinja;

namespace GlmStudio.Tests.Engine.Prompts;

/// <summary>Expected texts are what jinja2 3.1 renders with trim_blocks and lstrip_blocks.</summary>
public sealed class JinjaTemplateTests
{
    [Theory]
    [InlineData("a{{ 1 + 2 * 3 }}b", "a7b")]
    [InlineData("{% if x is defined %}yes{% else %}no{% endif %}", "no")]
    [InlineData("{% for i in [1,2,3] if i != 2 %}{{ i }}{{ ',' if not loop.last }}{% endfor %}", "1,3")]
    [InlineData("{% for k, v in {'a': 1}.items() %}{{ k }}={{ v }}{% endfor %}", "a=1")]
    [InlineData("{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "3")]
    [InlineData("{% macro m(a, b='!') %}{{ a ~ b }}{% endmacro %}{{ m('x') }}{{ m('y', b='?') }}", "x!y?")]
    [InlineData("{{ 'a</think>b'.split('</think>')[-1].lstrip('\\n') }}", "b")]
    [InlineData("{{ 'abc'[::-1] }}{{ [1,2,3][1:] | length }}", "cba2")]
    [InlineData("{{ {'名': [1, true, none], 'b': 1.5} | tojson }}", "{\"名\": [1, true, null], \"b\": 1.5}")]
    [InlineData("{{ ' x ' | trim | upper }}{{ 'x' in 'xyz' and 'q' not in 'xyz' }}", "XTrue")]
    [InlineData("{{ missing | default('d') }}{{ missing }}", "d")]
    [InlineData("{{ 'a' if false }}|{{ none is none }}|{{ 'x' is string }}", "|True|True")]
    [InlineData("{% set t %}<{{ 1 }}>{% endset %}{{ t }}{{ t }}", "<1><1>")]
    [InlineData("{# note #}{{- ' a ' -}} b", " a b")]
    [InlineData("{%- if true -%} x {%- endif -%} ", "x")]
    [InlineData("a\n  {% if true %}\nb\n  {% endif %}\nc\n", "a\nb\nc")]
    [InlineData("  {{ 'kept' }}\n", "  kept")]
    [InlineData("{{ 'it' 'is' }}{{ 7 // 2 }}{{ -7 % 3 }}", "itis32")]
    public void Render_Template_GivesJinjasText(string template, string expected) =>
        Assert.Equal(expected, JinjaTemplate.Parse(template).Render(new Dictionary<string, object?>()));

    [Theory]
    [InlineData("{% include 'x' %}", "include")]
    [InlineData("{{ 1 | frobnicate }}", "frobnicate")]
    [InlineData("line\n{% if x %}", "line 2")]
    [InlineData("{{ 'open", "a string has no end")]
    [InlineData("{{ raise_exception('no system turn') }}", "no system turn")]
    [InlineData("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "does not end")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "nested too deeply")]
    public void Render_UnsupportedOrEndless_SaysWhat(string template, string expected)
    {
        var fault = Assert.Throws<EngineException>(() => JinjaTemplate.Parse(template).Render(new Dictionary<string, object?>()));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MutatedTemplates_RenderOrRefuse()
    {
        var healthy = System.Text.Encoding.UTF8.GetBytes("{%- macro m(c) -%}{%- if c is string -%}{{- c }}{%- else -%}{%- for i in c %}{{ i.text | trim }}{% endfor %}{%- endif -%}{%- endmacro -%}{% for x in messages %}{{ m(x.content)[1:] ~ loop.index }}{% endfor %}");
        var random = new Random(11);
        var variables = new Dictionary<string, object?> { ["messages"] = new List<object?> { new Dictionary<string, object?> { ["content"] = "hello" } } };
        for (var i = 0; i < 5_000; i++)
            try
            {
                JinjaTemplate.Parse(System.Text.Encoding.UTF8.GetString(Mutation.Of(healthy, random))).Render(variables);
            }
            catch (EngineException)
            {
            }
    }
}
