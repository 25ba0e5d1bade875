"""Answers held-out questions and prints figures: every family, every kind of question, absent fields, with and without picture, ten unseen wordings.

    python3 evaluate.py --weights out/model.safetensors --count 60 --json out/figures.json
"""
import argparse
import json
import time
from collections import defaultdict

import torch

from mini import chance, decode, export, network, scores
from mini.asking import wordings
from mini.asking.questions import page
from mini.pages import FAMILIES
from mini.packing import Encoder
from mini.tokenizer import Tokenizer

SEED = 20_000_003   # far from the trainer's clock seeds


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--weights', required=True)
    p.add_argument('--count', type=int, default=50, help='questions a family')
    p.add_argument('--read-pages', default='', help='held-out pages read back by the product')
    p.add_argument('--pictures', action='store_true', help='also with thumbnails')
    p.add_argument('--device', default='cuda')
    p.add_argument('--json', default='')
    return p.parse_args()


class Tally:
    """Right and all units under a name; absent ones apart."""

    def __init__(self):
        self.right, self.all, self.absent_right, self.absent, self.invented, self.present = 0, 0, 0, 0, 0, 0

    def add(self, said, truth):
        for a, b in scores.units(said, truth):
            ok = scores.same(a, b)
            self.right, self.all = self.right + ok, self.all + 1
            if scores.is_absent(b):
                self.absent, self.absent_right = self.absent + 1, self.absent_right + ok

    def row(self):
        figures = dict(exact=round(self.right / max(1, self.all), 4), units=self.all)
        if self.absent:
            figures.update(absent=round(self.absent_right / self.absent, 4), absent_units=self.absent)
        return figures


class Examiner:
    def __init__(self, a):
        self.device, self.tokenizer = a.device, Tokenizer()
        self.encoder = Encoder(self.tokenizer)
        self.model = network.Glm(network.Sizes()).to(a.device)
        export.load(self.model, a.weights)
        self.model.eval()
        if a.device == 'cuda':
            self.model.bfloat16()

    def prompt(self, lines, text, image=None):
        features, grid = decode.features_of(self.model, image, self.device) if image is not None else (None, None)
        ids, rows, at = self.encoder.prefix(lines, grid)
        question = self.encoder.question(text)
        return ids + question, [r + list(range(at, at + len(question))) for r in rows], features

    def say(self, prompts):
        found = decode.answer(self.model, prompts, self.tokenizer.end, self.tokenizer.image)
        return [self.tokenizer.decode(ids) for ids, _ in found]

    def exam(self, pages, pictured=False):
        """pages: [(family, lines, questions, image)] → figures by family and kind, and wrong answers."""
        asked = [(family, lines, q, image if pictured else None) for family, lines, questions, image in pages for q in questions]
        said = self.say([self.prompt(lines, q[0], image) for _, lines, q, image in asked])
        tallies, wrong = defaultdict(Tally), []
        for (family, lines, (text, truth, kind), _), answer in zip(asked, said):
            for name in ('all', 'family ' + family, 'kind ' + str(kind)):
                tallies[name].add(answer, truth)
            if not all(scores.same(x, y) for x, y in scores.units(answer, truth)):
                wrong.append(dict(family=family, kind=str(kind), question=text, truth=truth, said=answer))
        return {name: tally.row() for name, tally in sorted(tallies.items())}, wrong


def drawn(family, count, pictures):
    """Held-out pages of a family with about `count` questions."""
    from mini.thumbnail import thumbnail
    found, questions = [], 0
    while questions < count:
        sheet, boxes, asked = page(family, count=4)
        if asked:
            found.append((family, [b.line() for b in boxes], asked, thumbnail(sheet, boxes) if pictures else None, sheet))
            questions += len(asked)
    return found


def wording_figures(examiner, pages):
    """Bill pages asked for the same fields in wordings that training never uses."""
    tallies, asked = defaultdict(Tally), []
    for _, lines, _, _, sheet in pages:
        keys = [k for k in ('company', 'date', 'address', 'total') if k in sheet.fields]
        for wording in wordings.ten_wordings(keys) if len(keys) > 2 else []:
            asked.append((wording.name, lines, wording.instruction, wording.parse, {k: sheet.fields[k] for k in keys}))
    for (title, _, _, parse, truth), answer in zip(asked, examiner.say([examiner.prompt(lines, text) for _, lines, text, _, _ in asked])):
        values = parse(answer)
        for key, value in truth.items():
            for name in (f'wording {title}', f'unseen {key}', 'unseen'):
                tallies[name].add(json.dumps({key: values.get(key)}), json.dumps({key: value}))
    return {name: tally.row() for name, tally in sorted(tallies.items())}


def main():
    a, began = arguments(), time.time()
    examiner = Examiner(a)
    chance.seed(SEED)
    pages = [p for family in FAMILIES for p in drawn(family, a.count, a.pictures)]
    report = {}
    report['without picture'], wrong = examiner.exam([p[:4] for p in pages])
    if a.pictures:
        report['with picture'], _ = examiner.exam([p[:4] for p in pages], pictured=True)
    if a.read_pages:
        from mini.packing import ReadPages
        source = ReadPages(a.read_pages)
        drawn_pages = [source.draw(4) for _ in range(150)]
        report['read by the product'], more = examiner.exam([(s.family, lines, q, None) for s, lines, q in drawn_pages if q])
        wrong += more
    report['wordings'] = wording_figures(examiner, [p for p in pages if p[0] in ('receipt_english', 'receipt_chinese')][:40])
    for part, figures in report.items():
        print('##', part)
        for name, row in figures.items():
            print(f'{name:28} {row}')
    print(f'{time.time() - began:.0f} s')
    if a.json:
        with open(a.json, 'w', encoding='utf8') as file:
            json.dump(dict(figures=report, wrong=wrong[:400]), file, ensure_ascii=False, indent=1)


if __name__ == '__main__':
    main()
