"""Asks a running product about labelled receipts in many wordings: the library's template, the same with Chinese names, and the ten held-out wordings that
training never used (mini/asking/wordings.py). Prints exact shares (letters and digits; amounts as numbers) and the share of values that are not on the page.

    python3 measure_wordings.py --server http://localhost:8000 --images DIR --labels labels.csv --read read.jsonl --json out/wordings.json
"""
import argparse
import base64
import csv
import json
import os
import re
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from mini import scores
from mini.asking import wordings
from mini.asking.library import TEMPLATES
from mini.asking.template_form import TemplateField, render

KEYS = ('company', 'date', 'address', 'total')


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--server', default='http://localhost:8000')
    p.add_argument('--images', required=True)
    p.add_argument('--labels', required=True, help='CSV with the columns file, company, date, address, total')
    p.add_argument('--read', required=True, help='what the verb read wrote for the same folder')
    p.add_argument('--grounding', default='default,textOnly,pictureOnly', help='tried with the library template')
    p.add_argument('--json', default='')
    return p.parse_args()


def by_key(output):
    try:
        found = json.loads(output[output.find('{'):output.rfind('}') + 1])
    except ValueError:
        found = None
    return {key: value for key, value in found.items() if key in KEYS} if isinstance(found, dict) else {}


def library_prompt():
    instruction, fields = TEMPLATES['receipt']
    return render(instruction, [TemplateField(f['key'], f['label'], f['type'], f.get('description', ''), f.get('example', ''), f.get('required', False)) for f in fields])


def chinese_prompt():
    names = {'company': ('商家名称', 'text', '开具小票的商店或公司名称'), 'date': ('消费日期', 'date', '购买的日期，不含时间'), 'address': ('商家地址', 'text', '商店的完整地址，写成一行'),
             'total': ('实付总额', 'money', '含税并抹零后最终应付的金额')}
    return render('请从小票图片中读取下列字段。', [TemplateField(key, label, kind, hint) for key, (label, kind, hint) in names.items()])


def variants(groundings):
    """[(name, question, parse, grounding)]"""
    found = [('library' if g == 'default' else 'library, ' + g, library_prompt(), by_key, g) for g in groundings]
    found.append(('chinese names', chinese_prompt(), by_key, 'default'))
    return found + [(w.name, w.instruction, w.parse, 'default') for w in wordings.ten_wordings(KEYS)]


def ask(server, picture, question, grounding):
    body = json.dumps(dict(image='data:image/jpeg;base64,' + picture, question=question, grounding=grounding)).encode()
    call = urllib.request.Request(server + '/v1/chat', body, {'Content-Type': 'application/json'})
    with urllib.request.urlopen(call, timeout=300) as answer:
        return json.load(answer)['answer']


def number(text):
    digits = re.sub(r'[^\d.]', '', str(text or '').replace(',', ''))
    try:
        return round(float(digits), 2)
    except ValueError:
        return None


def is_right(key, said, truth):
    if key == 'total':
        return said is not None and number(said) == number(truth)
    return not scores.is_absent(said) and scores.plain(said) == scores.plain(truth)


def labels_of(path):
    """{file: its row} of the labels."""
    with open(path, encoding='utf8') as file:
        return {row['file']: row for row in csv.DictReader(file)}


def lines_of(path):
    """{file: its lines} of what was read."""
    with open(path, encoding='utf8') as file:
        return {row['file']: row['lines'] for row in map(json.loads, file) if 'lines' in row}


def page_of(lines):
    """The page's plain text, to look for words in."""
    return scores.plain(''.join(line['text'] for line in lines))


def figures(answers, labels, pages):
    """Shares of right values over [(file, {key: value said})], and of the values said that are not on the page."""
    tally, invented, values = defaultdict(int), 0, 0
    for file, said in answers:
        for key in KEYS:
            tally[key] += is_right(key, said.get(key), labels[file][key])
            values += not scores.is_absent(said.get(key))
            invented += scores.is_invented(said.get(key), pages[file])
    return {**{key: round(tally[key] / max(1, len(answers)), 3) for key in KEYS}, 'not on the page': round(invented / max(1, values), 3)}


def main():
    a = arguments()
    labels, pages = labels_of(a.labels), {file: page_of(lines) for file, lines in lines_of(a.read).items()}
    pictures = {}
    for file in labels:
        with open(os.path.join(a.images, file), 'rb') as handle:
            pictures[file] = base64.b64encode(handle.read()).decode()
    report = {}
    with ThreadPoolExecutor(4) as pool:
        for name, question, parse, grounding in variants(a.grounding.split(',')):
            answers = pool.map(lambda file, q=question, g=grounding: ask(a.server, pictures[file], q, g), labels)
            report[name] = figures([(file, parse(output)) for file, output in zip(labels, answers)], labels, pages)
            print(f'{name:24} {report[name]}', flush=True)
    if a.json:
        with open(a.json, 'w', encoding='utf8') as out:
            json.dump(report, out, ensure_ascii=False, indent=1)


if __name__ == '__main__':
    main()
