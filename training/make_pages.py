"""Pages as pictures with their truth: python3 make_pages.py --count N --seed S --out DIR [--held-out DIR] [--degrade mix|none|light|medium|heavy]

Writes page-00001.jpg … and truth.jsonl, one line a page: what is printed where ("cells") and what it says. Every eighth page goes to --held-out instead,
for measuring the product on pictures nothing was trained with. Needs Pillow, numpy and OpenCV."""
import argparse
import json
import os

import cv2

from mini import chance, degrade, noise, pages, render

HELD_OUT_EVERY = 8


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--count', type=int, default=100)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--out', required=True)
    parser.add_argument('--held-out', help='folder for every eighth page')
    parser.add_argument('--degrade', default='mix', choices=('mix',) + degrade.LEVELS)
    options = parser.parse_args()
    noise.switch_off()  # the truth is what is printed; the reader makes the faults
    truths = {folder: _truth_file(folder) for folder in {options.out, options.held_out or options.out}}
    for i in range(1, options.count + 1):
        chance.seed(options.seed * 1_000_003 + i)
        folder = options.held_out if options.held_out and i % HELD_OUT_EVERY == 0 else options.out
        print(json.dumps(page(os.path.join(folder, f'page-{i:05}.jpg'), options.degrade), ensure_ascii=False), file=truths[folder], flush=True)


def _truth_file(folder):
    os.makedirs(folder, exist_ok=True)
    return open(os.path.join(folder, 'truth.jsonl'), 'w', encoding='utf8')


def page(path, level):
    """Makes one page and writes its picture; returns its truth."""
    sheet = pages.compose()
    level = degrade.draw_level() if level == 'mix' else level
    picture, cells, quality = degrade.degrade(*render.compose(sheet), level)
    cv2.imwrite(path, picture[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return {'file': os.path.basename(path), 'family': sheet.family, 'is_chinese': sheet.is_chinese, 'degrade': level,
            'width': picture.shape[1], 'height': picture.shape[0],
            'cells': [{'text': cell.text, **{side: round(getattr(cell, side), 5) for side in 'xywh'}} for cell in cells], **contents(sheet)}


def contents(sheet):
    """What the sheet says, for JSON."""
    return {'fields': sheet.fields, 'labels': sheet.labels, 'items': sheet.items, 'messages': [list(message) for message in sheet.messages],
            'tables': [table_contents(table) for table in sheet.tables]}


def table_contents(table):
    days = [[row, column, list(day)] for (row, column), day in table.days.items()]
    return {'columns': list(table.columns), 'rows': [list(row) for row in table.rows], 'kinds': list(table.kinds),
            'flags': table.flags and [table.flags[0], list(table.flags[1])], 'days': days}


if __name__ == '__main__':
    main()
