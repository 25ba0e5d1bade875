"""How the weights of a cell's raw score were found (docs/confidence.md): the product answers held-out pages, and a logistic regression with an L2 penalty learns which
values are right from the evidence the product stored. Needs nothing but Python.

    python3 fit_confidence.py collect --program "dotnet ../GlmStudio.Web/bin/Release/net10.0/GlmStudio.Web.dll" --pages out/heldout --out out/evidence.jsonl
    python3 fit_confidence.py fit --evidence out/evidence.jsonl
"""
import argparse
import contextlib
import json
import math
import os
import shlex
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

PENALTY = 2.0
FOLDS = 5


def collect(a):
    import measure
    with open(os.path.join(a.pages, 'truth.jsonl'), encoding='utf8') as lines:
        pages = [page for page in map(json.loads, lines) if os.path.exists(os.path.join(a.pages, page['file']))]
    with open(a.out, 'w', encoding='utf8') as out, tempfile.TemporaryDirectory() as data, server(a, data) as ask:
        batches = []
        for family in sorted({page['family'] for page in pages}):
            for is_chinese in (False, True):
                some = [page for page in pages if page['family'] == family and page['is_chinese'] == is_chinese][:a.most]
                for fields in measure.family_fields(some, is_chinese)[:a.lists] if some else []:
                    batches.append((start(a, ask, some, measure.template(f'measured-{len(batches) + 1}', fields)), family, some, fields))
        for batch, family, some, fields in batches:
            while ask(f'/api/batches/{batch}')['status'] not in ('Finished', 'Failed'):
                time.sleep(1)
            for row in judged(answers(data, batch), family, some, fields):
                print(json.dumps(row, ensure_ascii=False), file=out, flush=True)


def judged(cells, family, pages, fields):
    """The cells with evidence whose truth is known."""
    import measure
    from mini import scores
    from mini.asking import concepts
    for page in pages:
        for key, _, kind in fields:
            truth = page['fields'].get(key)
            if truth is None and (key in measure.UNSURE or any(other in page['fields'] for other in concepts.like(key))):
                continue   # another field of the page may be meant by this name
            value, evidence = cells.get((page['file'], key), (None, None))
            if evidence:
                yield dict(page=page['file'], family=family, field=key, kind=kind, value=value, truth=truth, right=bool(scores.same(value, truth)), evidence=evidence)


@contextlib.contextmanager
def server(a, data):
    """The program as a server, started once for all batches; gives ask(path, body)."""
    address = f'http://localhost:{a.port}'

    def ask(path, body=None, kind='application/json'):
        body = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(address + path, body, {'Content-Type': kind})) as reply:
            return json.load(reply)

    with subprocess.Popen([*shlex.split(a.program), '--data', data, f'--Studio:ApiPort={a.port}', f'--Studio:WebPort={a.port + 1}', '--Studio:Samples=false'],
                          stdout=subprocess.DEVNULL) as process:
        try:
            while not answers_calls(address):
                if process.poll() is not None:
                    raise SystemExit('the program ended')
                time.sleep(.5)
            yield ask
        finally:
            process.terminate()


def answers_calls(address):
    try:
        with urllib.request.urlopen(address + '/healthz'):
            return True
    except OSError:
        return False


def start(a, ask, pages, content):
    """The number of a new batch: these pages, this template."""
    ask('/api/templates', content)
    dataset = ask('/api/datasets', dict(name=content['key']))['id']
    border, parts = 'page-border', []
    for page in pages:
        with open(os.path.join(a.pages, page['file']), 'rb') as picture:
            parts += [f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{page["file"]}"\r\n\r\n'.encode(), picture.read(), b'\r\n']
    ask(f'/api/datasets/{dataset}/images', b''.join([*parts, f'--{border}--\r\n'.encode()]), f'multipart/form-data; boundary={border}')
    return ask('/api/batches', dict(datasetId=dataset, template=content['key'], engine=a.engine))['id']


def answers(data, batch):
    """{(file, key): (value, evidence)} as the product stored them."""
    with contextlib.closing(sqlite3.connect(os.path.join(data, 'studio.db'))) as base:
        rows = base.execute('SELECT i.Path, c.FieldKey, c.Value, c.Evidence FROM Cells c JOIN Rows r ON r.Id = c.RowId JOIN Images i ON i.Id = r.ImageItemId WHERE r.BatchId = ?', [batch])
        return {(path, key): (value, evidence and json.loads(evidence)) for path, key, value, evidence in rows}


def agreement(e):
    return {True: 1, False: -1, None: 0}[e['ReaderAgrees']]


def log_odds(log_probability):
    p = min(0.99, max(0.01, math.exp(log_probability)))
    return math.log(p / (1 - p))


def likeness(value, e):
    """The agreement; readings that differ in a few letters lie between the same one and none."""
    if e['ReaderAgrees'] is not False or not e['ReaderValue']:
        return agreement(e)
    a, b = value.lower(), e['ReaderValue'].lower()
    return 1 - 2 * distance(a, b) / max(len(a), len(b))


def distance(a, b):
    """Levenshtein's, row by row."""
    above = list(range(len(b) + 1))
    for i, c in enumerate(a, 1):
        row = [i]
        for j, d in enumerate(b, 1):
            row.append(min(row[-1] + 1, above[j] + 1, above[j - 1] + (c != d)))
        above = row
    return above[-1]


def present(value, e):
    """The fitted features of RawScore.Present, in its order. The others have chosen weights: too few held-out values show what they are worth."""
    return [1, math.log(.001 - min(0, e['LogProbability'] or 0)), likeness(value, e), max(.6, .95 if e['LineScore'] is None else e['LineScore']) - .95]


def missing(_, e):
    return [1, log_odds(-math.log(2) if e['Presence'] is None else e['Presence']), agreement(e)]


NAMES = {'present': ['constant', 'ln of doubt', 'likeness', 'line score'], 'missing': ['constant', 'log-odds of null', 'agreement']}
# Divides each feature while it is fitted, so that the penalty weighs them alike.
SCALES = {'present': [1, 1, 1, .1], 'missing': [1, 1, 1]}


def regression(x, y, rounds=30):
    """Newton's method; the constant is not penalised."""
    w = [0.0] * len(x[0])
    for _ in range(rounds):
        size = len(w)
        gradient, curvature = [0.0] * size, [[0.0] * size for _ in range(size)]
        for features, right in zip(x, y):
            p = probability(w, features)
            for i, f in enumerate(features):
                gradient[i] += f * (right - p)
                for j, g in enumerate(features):
                    curvature[i][j] += f * g * p * (1 - p)
        for i in range(size):
            curvature[i][i] += PENALTY if i else 1e-6
            gradient[i] -= PENALTY * w[i] if i else 0
        w = [a + b for a, b in zip(w, solve(curvature, gradient))]
    return w


def probability(w, features):
    return 1 / (1 + math.exp(-max(-30, min(30, sum(a * b for a, b in zip(w, features))))))


def solve(a, b):
    a = [row[:] + [value] for row, value in zip(a, b)]
    size = len(b)
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(a[r][i]))
        a[i], a[pivot] = a[pivot], a[i]
        for r in range(size):
            if r != i:
                factor = a[r][i] / a[i][i]
                a[r] = [x - factor * y for x, y in zip(a[r], a[i])]
    return [a[i][size] / a[i][i] for i in range(size)]


def auroc(scored):
    """scored: (score, right). Ties count half."""
    scored = sorted(scored)
    ranks, i = 0.0, 0
    while i < len(scored):
        j = i
        while j < len(scored) and scored[j][0] == scored[i][0]:
            j += 1
        ranks += sum(right for _, right in scored[i:j]) * (i + j + 1) / 2
        i = j
    good = sum(right for _, right in scored)
    return (ranks - good * (good + 1) / 2) / max(1, good * (len(scored) - good))


def fit(a):
    with open(a.evidence, encoding='utf8') as lines:
        rows = [json.loads(line) for line in lines]
    for name, features, some in (('present', present, [r for r in rows if r['value'] is not None]), ('missing', missing, [r for r in rows if r['value'] is None])):
        x, y = [[f / scale for f, scale in zip(features(r['value'], r['evidence']), SCALES[name])] for r in some], [r['right'] for r in some]
        if all(y) or not any(y):
            print(f'{name}: {len(some)} values, all of them {"right" if all(y) else "wrong"}: nothing to fit')
            continue
        # A page and all its fields are in one fold.
        fold = [int(''.join(c for c in r['page'] if c.isdigit())) // 8 % FOLDS for r in some]
        held_out = []
        for k in range(FOLDS):
            w = regression([f for f, n in zip(x, fold) if n != k], [r for r, n in zip(y, fold) if n != k])
            held_out += [(probability(w, f), r) for f, r, n in zip(x, y, fold) if n == k]
        print(f'{name}: {len(some)} values, {len(some) - sum(y)} wrong, AUROC on held-out pages {auroc(held_out):.3f}')
        for i, (label, weight) in enumerate(zip(NAMES[name], regression(x, y))):
            alone = '' if i == 0 else f'   alone AUROC {auroc([(f[i], r) for f, r in zip(x, y)]):.3f}'
            print(f'  {label:22} {weight / SCALES[name][i]:7.3f}{alone}')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    first = commands.add_parser('collect')
    first.add_argument('--program', required=True)
    first.add_argument('--pages', required=True)
    first.add_argument('--engine', default='glm-studio-mini')
    first.add_argument('--port', type=int, default=9320, help='this one and the next are the program\'s while it runs')
    first.add_argument('--lists', type=int, default=1, help='templates a family: the first has its ten commonest fields')
    first.add_argument('--most', type=int, default=4, help='pages of a family and language: common families do not outweigh the others')
    first.add_argument('--out', required=True)
    second = commands.add_parser('fit')
    second.add_argument('--evidence', required=True)
    a = parser.parse_args()
    (collect if a.command == 'collect' else fit)(a)


if __name__ == '__main__':
    main()
