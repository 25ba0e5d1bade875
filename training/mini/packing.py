"""Pages → packed rows. A page (picture, transcript) is encoded once and its questions share it: a question sees the page and itself, not the other questions.

    [gMASK]<sop><|user|>\\n [<|begin_of_image|><|image|>…<|end_of_image|>] TRANSCRIPT | QUESTION<|assistant|>\\nANSWER<|endoftext|> | QUESTION …

which is the checkpoint's chat template (export.py writes it) with one user turn."""
import json
from typing import NamedTuple

import numpy as np

from . import chance, noise, picture, readback
from .asking.questions import ask, ask_blind, page
from .tokenizer import Tokenizer

TURNS = 8            # segment = document * TURNS + turn; turn 0 is the page itself
LONGEST_ANSWER = 700
BLIND = .04          # of the generated pages with a picture: without their text, all fields absent


class Document(NamedTuple):
    ids: np.ndarray         # [n]
    positions: np.ndarray   # [3, n]
    turns: np.ndarray       # [n]
    learned: np.ndarray     # [n], 1 where the token is an answer's
    picture: tuple          # (uint8 patches, grid) or None
    features: tuple         # first image token and how many


class Batch(NamedTuple):
    ids: np.ndarray         # int16 [B, L]
    positions: np.ndarray   # int16 [3, B, L]
    segments: np.ndarray    # int16 [B, L], -1 padding
    learned: np.ndarray     # int8 [B, L]
    patches: np.ndarray     # uint8 [N, P, 588]
    grids: np.ndarray       # int16 [N, 2], 0 where there is no picture
    slots: np.ndarray       # int64 [N * tiles], row of the flattened batch; B·L is the bin
    pages: int
    questions: int


class Encoder:
    """Sheets and questions → documents."""

    def __init__(self, tokenizer):
        t = self.tokenizer = tokenizer
        newline = t.encode('\n')
        self.opening = [t.added['[gMASK]'], t.added['<sop>'], t.added['<|user|>'], *newline]
        self.image = t.added['<|begin_of_image|>'], t.image, t.added['<|end_of_image|>']
        self.answer = [t.added['<|assistant|>'], *newline]

    def prefix(self, lines, grid=None):
        """ids, positions [3, n] and the next position of a page."""
        ids = list(self.opening)
        rows = [list(range(len(ids)))] * 3
        rows = [list(r) for r in rows]
        at = len(ids)
        if grid is not None:
            high, wide = grid[0] // picture.WINDOW, grid[1] // picture.WINDOW
            ids += [self.image[0], *[self.image[1]] * (high * wide), self.image[2]]
            start = at + 1
            rows[0] += [at, *[start] * (high * wide)]
            rows[1] += [at, *[start + i // wide for i in range(high * wide)]]
            rows[2] += [at, *[start + i % wide for i in range(high * wide)]]
            at = start + max(high, wide)
            for row in rows:
                row.append(at)
            at += 1
        text = self.tokenizer.transcript(lines) if lines is not None else []
        for row in rows:
            row += range(at, at + len(text))
        return ids + text, rows, at + len(text)

    def question(self, text):
        return self.tokenizer.encode(text) + self.answer

    def document(self, lines, questions, image, longest):
        """None where the page alone is too long or no question fits."""
        encoded = picture.patches(image) if image is not None else None
        ids, rows, at = self.prefix(lines, encoded[1] if encoded else None)
        start = len(ids)
        if start > longest - 80:
            return None
        turns, learned, count = [0] * start, [0] * start, 0
        for text, answer, _ in questions:
            asked, said = self.question(text), self.tokenizer.encode(answer) + [self.tokenizer.end]
            n = len(asked) + len(said)
            if len(ids) + n > longest or len(said) > LONGEST_ANSWER or count == TURNS - 1:
                continue
            count += 1
            ids += asked + said
            for row in rows:
                row += range(at, at + n)
            turns += [count] * n
            learned += [0] * len(asked) + [1] * len(said)
        if count == 0:
            return None
        tiles = (encoded[1][0] // picture.WINDOW) * (encoded[1][1] // picture.WINDOW) if encoded else 0
        return Document(np.array(ids, np.int16), np.array(rows, np.int16), np.array(turns, np.int16), np.array(learned, np.int8), encoded,
                        (len(self.opening) + 1, tiles))


class ReadPages:
    """Pages that were rendered and read by the product's reader (readback.py), to be asked anew each time."""

    def __init__(self, path):
        with open(path, encoding='utf8') as file:
            self.pages = [line for line in file if line.strip()]

    def draw(self, count):
        sheet, lines = readback.from_json(json.loads(chance.choice(self.pages)))
        return sheet, lines, ask(sheet, count)


class Source:
    """Draws documents: generated pages, some with a picture, and pages the reader read. `without_noise` holds for the whole process."""

    def __init__(self, length, pictured, read_pages, read_share, without_noise=False):
        if without_noise:
            noise.switch_off()
        self.encoder, self.length, self.pictured = Encoder(Tokenizer()), length, pictured
        self.read, self.read_share = (ReadPages(read_pages) if read_pages else None), read_share

    def draw(self):
        count = chance.choice((3, 4, 5, 6))
        image = None
        if self.read and chance.chance(self.read_share):
            _, lines, questions = self.read.draw(count)
        else:
            sheet, boxes, questions = page(count=count)
            lines = [box.line() for box in boxes]
            if self.pictured and chance.chance(self.pictured):
                from .thumbnail import thumbnail
                image = thumbnail(sheet, boxes)
                if chance.chance(BLIND):
                    lines, questions = None, ask_blind(sheet, count)
        return self.encoder.document(lines, questions, image, self.length) if questions else None


def batches(seed, rows, length, pictures, source):
    """Endless packed batches of rows × length tokens with at most `pictures` pictures."""
    chance.seed(seed)
    waiting, held = [], 0
    while True:
        while held < rows * length * 1.25:
            document = source.draw()
            if document is not None:
                waiting.append(document)
                held += len(document.ids)
        placed, waiting = _place(waiting, rows, length, pictures)
        yield _assemble(placed, rows, length, pictures)
        chance.shuffle(waiting)
        waiting = waiting[:rows * 4]
        held = sum(len(d.ids) for d in waiting)


def _place(documents, rows, length, pictures):
    """First fit, longest first."""
    free, placed, rest = [length] * rows, [[] for _ in range(rows)], []
    for document in sorted(documents, key=lambda d: -len(d.ids)):
        row = next((r for r in range(rows) if free[r] >= len(document.ids)), None)
        if row is None or (document.picture and pictures == 0):
            rest.append(document)
            continue
        pictures -= document.picture is not None
        free[row] -= len(document.ids)
        placed[row].append(document)
    return placed, rest


def _assemble(placed, rows, length, pictures):
    ids, learned = np.zeros((rows, length), np.int16), np.zeros((rows, length), np.int8)
    positions, segments = np.zeros((3, rows, length), np.int16), np.full((rows, length), -1, np.int16)
    patches = np.zeros((pictures, picture.MAX_PATCHES, 588), np.uint8)
    grids, slots = np.zeros((pictures, 2), np.int16), np.full((pictures, picture.MAX_TILES), rows * length, np.int64)
    image = count = questions = 0
    for row, documents in enumerate(placed):
        at = 0
        for number, document in enumerate(documents):
            span = slice(at, at + len(document.ids))
            ids[row, span], learned[row, span] = document.ids, document.learned
            positions[:, row, span], segments[row, span] = document.positions, document.turns + TURNS * number
            if document.picture:
                first, tiles = document.features
                patches[image], grids[image] = document.picture
                slots[image, :tiles] = row * length + at + first + np.arange(tiles)
                image += 1
            at += len(document.ids)
            count, questions = count + 1, questions + int(document.turns.max())
    return Batch(ids, positions, segments, learned, patches, grids, slots.ravel(), count, questions)


def worker(seed, rows, length, pictures, source_arguments, queue):
    """A process that fills the queue."""
    source = Source(length, **source_arguments)
    for batch in batches(seed, rows, length, pictures, source):
        queue.put(batch)
