"""How the weights of a cell's raw score were found (docs/confidence.md): the product answers held-out pages, and a logistic regression with an L2 penalty learns which
values are right from the evidence the product stored. Needs nothing but Python.

    python3 fit_confidence.py collect --program "dotnet ../GlmStudio.Web/bin/Release/net10.0/GlmStudio.Web.dll" --pages out/heldout --out out/evidence.jsonl
    python3 fit_confidence.py fit --evidence out/evidence.jsonl
"""
import argparse
import json
import math
import os
import shlex
import shutil
import sqlite3
import subprocess
import tempfile

PENALTY = 2.0
FOLDS = 5


def collect(a):
    import measure
    from mini import scores
    from mini.asking import concepts
    with open(os.path.join(a.pages, 'truth.jsonl'), encoding='utf8') as lines:
        pages = [page for page in map(json.loads, lines) if os.path.exists(os.path.join(a.pages, page['file']))]
    # One data folder for all runs: the checkpoint's weights are converted once.
    with open(a.out, 'w', encoding='utf8') as out, tempfile.TemporaryDirectory() as data:
        for family in sorted({page['family'] for page in pages}):
            for is_chinese in (False, True):
                some = [page for page in pages if page['family'] == family and page['is_chinese'] == is_chinese]
                for fields in measure.family_fields(some, is_chinese)[:a.lists] if some else []:
                    with tempfile.TemporaryDirectory() as folder:
                        cells = answer(a, folder, data, some, measure.template('measured', fields))
                    for page in some:
                        for key, _, kind in fields:
                            truth = page['fields'].get(key)
                            if truth is None and (key in measure.UNSURE or any(other in page['fields'] for other in concepts.like(key))):
                                continue   # another field of the page may be meant by this name
                            value, evidence = cells.get((page['file'], key), (None, None))
                            if evidence:
                                row = dict(page=page['file'], family=family, field=key, kind=kind, value=value, truth=truth, right=bool(scores.same(value, truth)), evidence=evidence)
                                print(json.dumps(row, ensure_ascii=False), file=out, flush=True)


def answer(a, folder, data, pages, content):
    """{(file, key): (value, evidence)} as the product stored them."""
    pictures = os.path.join(folder, 'pictures')
    os.makedirs(pictures)
    for page in pages:
        shutil.copy(os.path.join(a.pages, page['file']), pictures)
    file = os.path.join(folder, 'template.json')
    with open(file, 'w', encoding='utf8') as out:
        json.dump(content, out, ensure_ascii=False)
    command = [*shlex.split(a.program), 'run', '--images', pictures, '--template', file, '--engine', a.engine, '--data', data]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    base = sqlite3.connect(os.path.join(data, 'studio.db'))
    rows = base.execute('SELECT i.Path, c.FieldKey, c.Value, c.Evidence FROM Cells c JOIN Rows r ON r.Id = c.RowId JOIN Images i ON i.Id = r.ImageItemId '
                        'WHERE r.BatchId = (SELECT max(Id) FROM Batches)')
    return {(path, key): (value, evidence and json.loads(evidence)) for path, key, value, evidence in rows}


def agreement(e):
    return {True: 1, False: -1, None: 0}[e['ReaderAgrees']]


def log_odds(log_probability):
    p = min(0.99, max(0.01, math.exp(log_probability)))
    return math.log(p / (1 - p))


def present(e):
    """The fitted features of RawScore.Present, in its order. The others have chosen weights: too few held-out values show what they are worth."""
    return [1, math.log(.001 - min(0, e['PermittedLogProbability'] or 0)), min(6, max(0, 6 if e['Margin'] is None else e['Margin'])), agreement(e),
            max(.6, .95 if e['LineScore'] is None else e['LineScore']) - .95]


def missing(e):
    return [1, log_odds(-math.log(2) if e['Presence'] is None else e['Presence']), agreement(e)]


NAMES = {'present': ['constant', 'ln of doubt', 'margin', 'agreement', 'line score'], 'missing': ['constant', 'log-odds of null', 'agreement']}
# Divides each feature while it is fitted, so that the penalty weighs them alike.
SCALES = {'present': [1, 1, 3, 1, .1], 'missing': [1, 1, 1]}


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
        x, y = [[f / scale for f, scale in zip(features(r['evidence']), SCALES[name])] for r in some], [r['right'] for r in some]
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
    first.add_argument('--lists', type=int, default=1, help='templates a family: the first has its ten commonest fields')
    first.add_argument('--out', required=True)
    second = commands.add_parser('fit')
    second.add_argument('--evidence', required=True)
    a = parser.parse_args()
    (collect if a.command == 'collect' else fit)(a)


if __name__ == '__main__':
    main()
