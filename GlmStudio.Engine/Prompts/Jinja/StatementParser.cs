namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>Tokens → statements.</summary>
internal sealed class StatementParser(IReadOnlyList<Token> tokens) : ExpressionParser(tokens)
{
    public IReadOnlyList<IStatement> Template()
    {
        var body = Until([], out _);
        return Current.Kind == TokenKind.End ? body : throw Fault.At(Current.Line, $"unexpected \"{Current.Text}\"");
    }

    // Reads statements up to a block that begins with one of the words; that word is taken.
    private List<IStatement> Until(IReadOnlyList<string> words, out string end)
    {
        var body = new List<IStatement>();
        while (Current.Kind != TokenKind.End)
        {
            var token = Take();
            if (token.Kind == TokenKind.Text) body.Add(new TextStatement(token.Text));
            else if (token.Kind == TokenKind.OutputStart) body.Add(Output());
            else if (words.Contains(Current.Text))
            {
                end = Take().Text;
                return body;
            }
            else body.Add(Block(ExpectName(), token.Line));
        }
        end = "";
        return words.Count == 0 ? body : throw Fault.At(Current.Line, $"\"{words[^1]}\" is missing");
    }

    private OutputStatement Output()
    {
        var value = Expression();
        if (Take() is { Kind: not TokenKind.OutputEnd } wrong) throw Fault.At(wrong.Line, $"unexpected \"{wrong.Text}\"");
        return new OutputStatement(value);
    }

    private IStatement Block(string word, int line) => word switch
    {
        "if" => If(),
        "for" => For(),
        "set" => Set(),
        "macro" => Macro(),
        // Marks what training learns from; it writes its content.
        "generation" => Plain("endgeneration"),
        _ => throw Fault.At(line, $"the block \"{word}\" is not supported"),
    };

    private IfStatement Plain(string close)
    {
        EndBlock();
        var body = Until([close], out _);
        EndBlock();
        return new IfStatement([(null, body)]);
    }

    private IfStatement If()
    {
        var branches = new List<(Expression?, IReadOnlyList<IStatement>)>();
        var condition = Expression();
        while (true)
        {
            EndBlock();
            branches.Add((condition, Until(["elif", "else", "endif"], out var end)));
            if (end == "elif")
            {
                condition = Expression();
                continue;
            }
            EndBlock();
            if (end == "else")
            {
                branches.Add((null, Until(["endif"], out _)));
                EndBlock();
            }
            return new IfStatement(branches);
        }
    }

    private ForStatement For()
    {
        var names = Names();
        Expect("in");
        // A loop's "if" filters; it is not the if-else of an expression.
        var items = LoopItems();
        var filter = TryTake("if") ? Expression() : null;
        EndBlock();
        var body = Until(["else", "endfor"], out var end);
        EndBlock();
        IReadOnlyList<IStatement> otherwise = [];
        if (end == "else")
        {
            otherwise = Until(["endfor"], out _);
            EndBlock();
        }
        return new ForStatement(names, items, filter, body, otherwise);
    }

    private SetStatement Set()
    {
        var names = Names();
        var attribute = TryTake(".") ? ExpectName() : null;
        if (TryTake("="))
        {
            var value = Expression();
            EndBlock();
            return new SetStatement(names, attribute, value);
        }
        EndBlock();
        var body = Until(["endset"], out _);
        EndBlock();
        return new SetStatement(names, attribute, context => context.Capture(() =>
        {
            foreach (var statement in body) statement.Run(context);
        }));
    }

    private MacroStatement Macro()
    {
        var name = ExpectName();
        Expect("(");
        var parameters = new List<(string, Expression?)>();
        while (!TryTake(")"))
        {
            var parameter = ExpectName();
            parameters.Add((parameter, TryTake("=") ? Expression() : null));
            if (!Current.Is(")")) Expect(",");
        }
        EndBlock();
        var body = Until(["endmacro"], out _);
        EndBlock();
        return new MacroStatement(name, parameters, body);
    }

    private List<string> Names()
    {
        var names = new List<string> { ExpectName() };
        while (TryTake(",")) names.Add(ExpectName());
        return names;
    }

    private void EndBlock()
    {
        if (Take() is { Kind: not TokenKind.BlockEnd } wrong) throw Fault.At(wrong.Line, $"unexpected \"{wrong.Text}\"");
    }
}
