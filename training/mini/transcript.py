"""The page's text as part of a prompt. The specification is docs/transcript.md; the engine's own writing of it is GlmStudio.Engine/Prompts/TranscriptText.cs,
and a test of the product feeds both the same pages and compares ids."""
from typing import NamedTuple

BEGIN, END = '<|begin_of_transcript|>', '<|end_of_transcript|>'
COLUMNS, ROWS = 100, 200
PLACES = [f'<|x{i}|>' for i in range(COLUMNS)] + [f'<|y{i}|>' for i in range(ROWS)]


class Line(NamedTuple):
    """One text box of the page: edges and vertical middle as fractions of the page, 0 … 1."""
    left: float
    right: float
    middle: float
    text: str


def write(lines):
    """The transcript of a page for a model that has place tokens."""
    return BEGIN + ''.join(places(line) + line.text for line in lines) + END


def places(line):
    return f'<|x{_step(line.left, COLUMNS)}|><|x{_step(line.right, COLUMNS)}|><|y{_step(line.middle, ROWS)}|>'


def _step(fraction, steps):
    return min(steps - 1, max(0, int(fraction * steps)))
