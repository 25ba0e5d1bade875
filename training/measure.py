"""Measures the shipped model with the product's own `run` verb on held-out pages that make_pages.py rendered (--held-out): a template a family, one run a
family; forms with labels that no training page had get a template of their own each. Prints exact shares of values and of absent fields.

    python3 measure.py --program "dotnet ../GlmStudio.Web/bin/Release/net10.0/GlmStudio.Web.dll" --pages out/heldout --json out/measured.json
"""
import argparse
import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict

from mini import scores
from mini.asking import concepts

MOST_FIELDS = 10
UNSURE = {'title', 'rcv', 'snd', 'category', 'type'}   # printed on many pages without being registered
TYPES = {'text', 'number', 'money', 'date', 'id', 'phone'}


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--program', required=True)
    p.add_argument('--pages', required=True)
    p.add_argument('--engine', default='glm-studio-mini')
    p.add_argument('--extra', default='', help='more arguments of the run verb')
    p.add_argument('--families', default='')
    p.add_argument('--json', default='')
    return p.parse_args()


def template(name, fields):
    """A template file's content. fields: [(key of the answer, label, type)]."""
    return dict(format='glm-studio-template', version=1, key=name, name=name, instruction='',
                fields=[dict(key=key, label=label, type=kind if kind in TYPES else 'text') for key, label, kind in fields])


def family_fields(pages, is_chinese):
    """Lists of at most MOST_FIELDS concepts that at least two pages of the family have."""
    counts = Counter(key for page in pages for key in page['fields'] if not key.startswith('label:'))
    keys = [key for key, n in counts.most_common() if n > 1 and key in concepts.CONCEPTS]
    fields, taken = [], set()
    for key in keys:
        name = next((n for n in concepts.names(key, is_chinese) if n not in taken), key)
        taken.add(name)
        fields.append((key, name, concepts.CONCEPTS[key].type))
    return [fields[i:i + MOST_FIELDS] for i in range(0, len(fields), MOST_FIELDS)]


def form_fields(page):
    """The page's own labels: nobody has seen them before."""
    found = [(f'f{i}', page['labels'].get(key, key[6:]), 'text', key) for i, key in enumerate(page['fields'], 1) if key.startswith('label:')]
    return found[:MOST_FIELDS]


def run(a, folder, pages, content):
    """{file: {key: value}} as the product answers."""
    pictures = os.path.join(folder, 'pictures')
    shutil.rmtree(pictures, ignore_errors=True)
    os.makedirs(pictures)
    for page in pages:
        shutil.copy(os.path.join(a.pages, page['file']), pictures)
    file, answers = os.path.join(folder, 'template.json'), os.path.join(folder, 'answers.jsonl')
    with open(file, 'w', encoding='utf8') as out:
        json.dump(content, out, ensure_ascii=False)
    command = [*shlex.split(a.program), 'run', '--images', pictures, '--template', file, '--engine', a.engine, '--jsonl', answers,
               '--data', os.path.join(folder, 'data'), *shlex.split(a.extra)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    with open(answers, encoding='utf8') as lines:
        return {row['file']: row.get('values') or {} for row in map(json.loads, lines)}


class Figures:
    def __init__(self):
        self.tallies, self.wrong = defaultdict(lambda: [0, 0]), []

    def add(self, family, page, label, said, truth):
        ok = scores.same(said, truth)
        names = ['all', family, 'printed ' + page['degrade']] if truth is not None else ['absent', 'absent ' + family]
        for name in names:
            self.tallies[name][0] += ok
            self.tallies[name][1] += 1
        if not ok:
            self.wrong.append(dict(file=page['file'], family=family, label=label, truth=truth, said=said))

    def table(self):
        return {name: dict(exact=round(right / count, 4), values=count) for name, (right, count) in sorted(self.tallies.items())}


def judge_family(a, folder, family, pages, figures):
    for is_chinese in (False, True):
        some = [page for page in pages if page['is_chinese'] == is_chinese]
        for fields in family_fields(some, is_chinese) if some else []:
            answers = run(a, folder, some, template('measured', fields))
            for page in some:
                for key, label, _ in fields:
                    truth = page['fields'].get(key)
                    if truth is None and (key in UNSURE or any(other in page['fields'] for other in concepts.like(key))):
                        continue   # another field of the page may be meant by this name
                    figures.add(family, page, label, answers.get(page['file'], {}).get(key), truth)


def judge_forms(a, folder, pages, figures):
    for page in pages:
        fields = form_fields(page)
        if not fields:
            continue
        answers = run(a, folder, [page], template('measured', [f[:3] for f in fields]))
        for key, label, _, concept in fields:
            figures.add('form, own labels', page, label, answers.get(page['file'], {}).get(key), page['fields'][concept])


def main():
    a = arguments()
    with open(os.path.join(a.pages, 'truth.jsonl'), encoding='utf8') as lines:
        pages = [json.loads(line) for line in lines]
    families = [f for f in sorted({page['family'] for page in pages}) if not a.families or f in a.families.split(',')]
    figures = Figures()
    with tempfile.TemporaryDirectory() as folder:
        for family in families:
            judge_family(a, folder, family, [page for page in pages if page['family'] == family], figures)
            print(family, figures.table().get(family), figures.table().get('absent ' + family), flush=True)
        if 'form' in families:
            judge_forms(a, folder, [page for page in pages if page['family'] == 'form'], figures)
    for name, row in figures.table().items():
        print(f'{name:28} {row}')
    if a.json:
        with open(a.json, 'w', encoding='utf8') as out:
            json.dump(dict(figures=figures.table(), wrong=figures.wrong), out, ensure_ascii=False, indent=1)


if __name__ == '__main__':
    main()
