"""Answers held-out questions and prints figures: every family, every kind of question, absent fields, with and without picture, ten unseen wordings,
labelled receipts by what the product read of them.

    python3 evaluate.py --weights out/model.safetensors --count 40 --pictures --seconds 140 --json out/figures.json

The time is shared out among the parts; a part that runs out of its share prints what it has."""
import argparse
import json
import time
from collections import defaultdict
from typing import NamedTuple

import measure_wordings
from mini import chance, decode, export, network, noise, scores
from mini.asking import wordings
from mini.asking.questions import page
from mini.packing import Encoder, ReadPages
from mini.pages import FAMILIES
from mini.sizes import Sizes
from mini.tokenizer import Tokenizer
from mini.transcript import Line

SEED = 20_000_003          # far from the trainer's clock seeds
PICTURED_EVERY = 3         # one page in so many gets a picture, with --pictures
MOST_WORDED = 40           # pages asked in the ten wordings
BILLS = ('receipt_english', 'receipt_chinese')


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--weights', required=True)
    p.add_argument('--count', type=int, default=40, help='questions a family')
    p.add_argument('--seconds', type=float, default=300, help='of this call')
    p.add_argument('--longest', type=int, default=200, help='tokens of an answer')
    p.add_argument('--read-pages', default='', help='held-out pages read back by the product')
    p.add_argument('--without-noise', action='store_true', help='generated pages as they are printed, without the faults of a reader')
    p.add_argument('--receipts', default='', help='what the verb read wrote for labelled receipts')
    p.add_argument('--labels', default='', help='CSV with the columns file, company, date, address, total')
    p.add_argument('--pictures', action='store_true', help='a third of the pages also with thumbnails')
    p.add_argument('--device', default='cuda')
    p.add_argument('--json', default='')
    return p.parse_args()


class Page(NamedTuple):
    family: str
    lines: list
    questions: list     # (text, answer, kind)
    sheet: object
    image: object = None

    @property
    def text(self):
        """Plain, to look for words in."""
        return scores.plain(''.join(line.text for line in self.lines))


class Tally:
    """Right and all units under a name; absent ones apart. Invented: values with a word that the page has not, of those said where the true value is
    printed or absent."""

    def __init__(self):
        self.right, self.all, self.absent_right, self.absent, self.invented, self.said = 0, 0, 0, 0, 0, 0

    def add(self, said, truth, page):
        for a, b in scores.units(said, truth):
            ok = scores.same(a, b)
            self.right, self.all = self.right + ok, self.all + 1
            if scores.is_absent(b):
                self.absent, self.absent_right = self.absent + 1, self.absent_right + ok
            if a is not scores.MISSING and not scores.is_absent(a) and not scores.is_invented(b, page):
                self.said, self.invented = self.said + 1, self.invented + scores.is_invented(a, page)

    def row(self):
        figures = dict(exact=round(self.right / max(1, self.all), 4), units=self.all)
        if self.absent:
            figures.update(absent=round(self.absent_right / self.absent, 4), absent_units=self.absent)
        if self.said:
            figures.update(invented=round(self.invented / self.said, 4), said=self.said)
        return figures


def rows(tallies):
    return {name: tally.row() for name, tally in sorted(tallies.items())}


class Examiner:
    def __init__(self, a):
        self.device, self.longest, self.began, self.tokenizer = a.device, a.longest, time.time(), Tokenizer()
        self.encoder = Encoder(self.tokenizer)
        self.model = network.Glm(Sizes()).to(a.device)
        export.load(self.model, a.weights)
        self.model.eval()
        if a.device == 'cuda':
            for p in self.model.parameters():   # not the buffers: frequencies of positions must stay exact
                p.data = p.data.bfloat16()

    def tell(self, text):
        print(f'{time.time() - self.began:6.1f} s  {text}', flush=True)

    def prompts(self, lines, texts, seen=(None, None)):
        """Prompts for several questions about a page; `seen` are its picture's features and grid."""
        features, grid = seen
        ids, places, at = self.encoder.prefix(lines, grid)
        for question in map(self.encoder.question, texts):
            yield ids + question, [row + list(range(at, at + len(question))) for row in places], features

    def say(self, part, prompts, until):
        found = decode.answer(self.model, prompts, self.tokenizer.end, self.tokenizer.image, self.longest, until,
                              lambda done: self.tell(f'{part}: {done} of {len(prompts)} answers'))
        return [None if ids is None else self.tokenizer.decode(ids) for ids in found]

    def exam(self, part, pages, until, pictured=False):
        """Figures by family and kind, and wrong answers."""
        seen = decode.features_of(self.model, [p.image for p in pages], self.device) if pictured else [(None, None)] * len(pages)
        asked = [(p, q) for p in pages for q in p.questions]
        prompts = [x for p, its in zip(pages, seen) for x in self.prompts(p.lines, [q[0] for q in p.questions], its)]
        tallies, wrong = defaultdict(Tally), []
        for (p, (text, truth, kind)), answer in zip(asked, self.say(part, prompts, until)):
            if answer is None:
                continue
            for name in ('all', f'family {p.family}', f'kind {kind}', *(['pages that have a picture'] if p.image is not None else [])):
                tallies[name].add(answer, truth, p.text)
            if not all(scores.same(x, y) for x, y in scores.units(answer, truth)):
                wrong.append(dict(part=part, family=p.family, kind=str(kind), question=text, truth=truth, said=answer))
        return rows(tallies), wrong

    def worded(self, part, pages, until):
        """Figures for bills asked for the same fields in wordings that training never uses."""
        tallies, asked, prompts = defaultdict(Tally), [], []
        for p in pages:
            truth = {k: p.sheet.fields[k] for k in ('company', 'date', 'address', 'total') if k in p.sheet.fields}
            chosen = wordings.ten_wordings(list(truth)) if len(truth) > 2 else []
            asked += [(p, wording, truth) for wording in chosen]
            prompts += self.prompts(p.lines, [wording.instruction for wording in chosen])
        for (p, wording, truth), answer in zip(asked, self.say(part, prompts, until)):
            values = wording.parse(answer) if answer is not None else {}
            for key, value in truth.items() if answer is not None else ():
                names = 'unseen names' if wording.has_held_names else 'known names'
                for name in (f'wording {wording.name}', f'unseen {key}', f'unseen wording, {names}', 'unseen'):
                    tallies[name].add(json.dumps({key: values.get(key)}), json.dumps({key: value}), p.text)
        return rows(tallies), []

    def receipts(self, part, labelled, until):
        """Figures for labelled receipts, by wordings of measure_wordings.py: (labels, what was read). The model alone, its values not held to the page."""
        labels, read = labelled
        variants = measure_wordings.variants(['textOnly'])
        asked = [(variant, file) for variant in variants for file in labels]
        texts = [question for _, question, _, _ in variants]
        by_file = {file: list(self.prompts([Line(b['x'], b['x'] + b['w'], b['y'] + b['h'] / 2, b['text']) for b in read[file]], texts)) for file in labels}
        said = defaultdict(list)
        prompts = [by_file[file][i] for i in range(len(variants)) for file in labels]
        for ((name, _, parse, _), file), answer in zip(asked, self.say(part, prompts, until)):
            if answer is not None:
                said[name].append((file, parse(answer)))
        pages = {file: measure_wordings.page_of(lines) for file, lines in read.items()}
        return {name: dict(measure_wordings.figures(answers, labels, pages), receipts=len(answers)) for name, answers in said.items()}, []


def drawn(family, count, pictured, until):
    """Held-out pages of a family with about `count` questions, fewer where the time is up. `pictured`: the first page that gets a picture, or None."""
    found, questions = [], 0
    while questions < count and (not found or time.time() < until):
        sheet, boxes, asked = page(family, count=4)
        image = None
        if pictured is not None and len(found) % PICTURED_EVERY == pictured:
            from mini.thumbnail import thumbnail   # needs OpenCV and fonts
            image = thumbnail(sheet, boxes)
        found.append(Page(family, [b.line() for b in boxes], asked, sheet, image))
        questions += len(asked)
    return found


def read_pages(path, count):
    source = ReadPages(path)
    drawn_pages = [source.draw(4) for _ in range(count)]
    return [Page(sheet.family, lines, asked, sheet) for sheet, lines, asked in drawn_pages if asked]


def main():
    a, began = arguments(), time.time()
    examiner, end = Examiner(a), began + a.seconds
    if a.without_noise:
        noise.switch_off()
    chance.seed(SEED)
    pages = [p for i, family in enumerate(FAMILIES)
             for p in drawn(family, a.count, i % PICTURED_EVERY if a.pictures else None, began + a.seconds / 3)]
    examiner.tell(f'{len(pages)} pages, {sum(p.image is not None for p in pages)} of them with a picture')
    parts = [('without picture', examiner.exam, pages, {})]
    if a.read_pages:
        parts.append(('read by the product', examiner.exam, read_pages(a.read_pages, 3 * a.count), {}))
    parts.append(('wordings', examiner.worded, [p for p in pages if p.family in BILLS][:MOST_WORDED], {}))
    if a.receipts:
        parts.append(('receipts', examiner.receipts, (measure_wordings.labels_of(a.labels), measure_wordings.lines_of(a.receipts)), {}))
    if a.pictures:
        parts.append(('with picture', examiner.exam, [p for p in pages if p.image is not None], dict(pictured=True)))
    report, wrong = {}, []
    for i, (part, examine, its_pages, options) in enumerate(parts):
        now = time.time()
        report[part], more = examine(part, its_pages, now + (end - now) / (len(parts) - i), **options)
        wrong += more
        print('##', part)
        for name, row in report[part].items():
            print(f'{name:28} {row}', flush=True)
        if a.json:
            with open(a.json, 'w', encoding='utf8') as file:
                json.dump(dict(figures=report, wrong=wrong[:400]), file, ensure_ascii=False, indent=1)
    examiner.tell('done')


if __name__ == '__main__':
    main()
