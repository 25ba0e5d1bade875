"""Pages as pictures with their truth: python3 make_pages.py --count N --seed S --out DIR [--degrade mix|none|light|medium|heavy]

Writes page-00001.jpg … and truth.jsonl, one line a page: what is printed where ("cells") and what it says. Needs Pillow, numpy and OpenCV."""
import argparse
import json
import os

import cv2

from mini import chance, degrade, render
from mini.noise import Noise
from mini.pages import make


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--count', type=int, default=100)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--out', required=True)
    parser.add_argument('--degrade', default='mix', choices=('mix',) + degrade.LEVELS)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    Noise.draw = classmethod(lambda cls: cls(0, 0))  # the truth is what is printed; the reader makes the faults
    with open(os.path.join(options.out, 'truth.jsonl'), 'w', encoding='utf8') as truth:
        for i in range(1, options.count + 1):
            chance.seed(options.seed * 1_000_003 + i)
            name = f'page-{i:05}.jpg'
            truth.write(json.dumps(page(os.path.join(options.out, name), options.degrade), ensure_ascii=False) + '\n')
            truth.flush()


def page(path, level):
    """Makes one page and writes its picture; returns its truth."""
    sheet = make()
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
    days = [[row, column, *day] for (row, column), day in table.days.items()]
    return {'columns': list(table.columns), 'rows': [list(row) for row in table.rows], 'kinds': list(table.kinds),
            'flags': table.flags and [table.flags[0], list(table.flags[1])], 'days': days}


if __name__ == '__main__':
    main()
