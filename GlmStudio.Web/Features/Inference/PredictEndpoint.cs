using System.Text.Json;

namespace GlmStudio.Web.Features.Inference;

/// <summary><c>POST /api/predict</c>: the picture and the question as Gradio clients send them.</summary>
internal sealed class PredictEndpoint(AnswerQuestion answers)
{
    public static Task<IResult> HandleAsync(HttpContext http, PredictEndpoint door) =>
        Doors.AnswerAsync<PredictRequest>(http, body => door.AnswerAsync(body, http.RequestAborted));

    private async Task<IResult> AnswerAsync(PredictRequest body, CancellationToken cancellation)
    {
        if (body.Data is not [var image, { ValueKind: JsonValueKind.String } prompt, ..])
            return Doors.Problem(400, "\"data\" is not [picture, question]: send a data URI (or null) and a text.");
        var question = new Question(image, prompt.GetString(), Model: body.Model) { Grounding = body.Grounding };
        var answer = await answers.HandleAsync(await answers.RuledAsync(question, cancellation), cancellation);
        return Doors.Ok(new PredictResponse([answer.Text], answer.Seconds));
    }
}
