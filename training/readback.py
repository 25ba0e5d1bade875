"""Rendered pages in the words of the reader, for training: python3 readback.py TRUTH.jsonl READ.jsonl OUT.jsonl

TRUTH comes from make_pages.py, READ from `GlmStudio.Web read` over the same pictures. Writes one page a line: family, is_chinese,
lines [[left, right, middle, text] …], fields, labels, items, tables, messages."""
import json
import sys
from collections import Counter

from measure_noise import pairs
from mini.readback import rebuild, to_json


def main(truth_file, read_file, out_file):
    kept = Counter()
    with open(out_file, 'w', encoding='utf8') as out:
        for truth, read in pairs(truth_file, read_file):
            sheet, lines = rebuild(truth, read)
            out.write(json.dumps(to_json(sheet, lines), ensure_ascii=False, separators=(',', ':')) + '\n')
            kept['pages'] += 1
            for name in ('fields', 'items', 'tables', 'messages'):
                kept[name] += len(getattr(sheet, name))
                kept[name + ' printed'] += len(truth[name])
    print(json.dumps(kept))


if __name__ == '__main__':
    main(*sys.argv[1:])
