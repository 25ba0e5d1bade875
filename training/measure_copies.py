"""Counts the values of a run that the page does not show: `run --jsonl` against what `read --jsonl` wrote for the same folder. Blanks and line breaks do not count,
save between two digits. Prints one line a field.

    python3 measure_copies.py --read read.jsonl --answers answers.jsonl
"""
import argparse
import json
import re
from collections import Counter


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--read', required=True, help='what the verb read wrote')
    p.add_argument('--answers', required=True, help='what the verb run wrote')
    return p.parse_args()


def lines(path):
    with open(path, encoding='utf-8') as file:
        return [json.loads(line) for line in file]


def joined(text):
    """Without blanks, of which one stays between two digits."""
    return re.sub(r'\s+', '', re.sub(r'(?<=[0-9０-９])\s+(?=[0-9０-９])', '\0', text)).replace('\0', ' ')


def main():
    args = arguments()
    pages = {page['file']: joined('\n'.join(line['text'] for line in page['lines'])) for page in lines(args.read) if 'lines' in page}
    given, invented = Counter(), Counter()
    for row in (row for row in lines(args.answers) if row['file'] in pages):
        for field, value in row['values'].items():
            if value:
                given[field] += 1
                invented[field] += joined(value) not in pages[row['file']]
    for field in given:
        print(f'{field}: {invented[field]} of {given[field]} values are not on the page')


if __name__ == '__main__':
    main()
