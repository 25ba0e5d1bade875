namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>A chat template in the part of Jinja that checkpoints use, rendered as Hugging Face renders it (trim_blocks, lstrip_blocks).</summary>
/// <remarks>Language: https://jinja.palletsprojects.com/en/stable/templates. Templates come from strangers: steps and output are bounded, and nothing
/// but the given variables can be reached.</remarks>
internal sealed class JinjaTemplate
{
    private readonly IReadOnlyList<IStatement> _body;

    private JinjaTemplate(IReadOnlyList<IStatement> body) => _body = body;

    /// <exception cref="EngineException">The template uses what is not supported; the message says what and on which line.</exception>
    public static JinjaTemplate Parse(string source) => new(new StatementParser(Lexer.Read(source)).Template());

    /// <summary>Renders with variables: strings, booleans, numbers, lists and dictionaries of such.</summary>
    public string Render(IReadOnlyDictionary<string, object?> variables)
    {
        var context = new Context(variables);
        foreach (var statement in _body) statement.Run(context);
        return context.Output.ToString();
    }
}
