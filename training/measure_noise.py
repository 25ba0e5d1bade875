"""Measures what the product's reader makes of print: python3 measure_noise.py TRUTH.jsonl READ.jsonl [--out mini/reader_noise.json]

TRUTH comes from make_pages.py, READ from `GlmStudio.Web read` over the same pictures. Writes what mini/noise.py draws from and prints a summary."""
import argparse
import json
import os
from collections import Counter, defaultdict

from mini import align
from mini.noise import context, where

_LEAST_SEEN, _HABIT = 25, .3
_PAGES_KEPT = 800
_GAPS = (.4, .6, .8, 1, 1.25, 1.5, 2, 3, 99)
_LEADERS = ('. . .', '....', '……', '---', '___', '***', '===')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('truth')
    parser.add_argument('read')
    parser.add_argument('--out', default=os.path.join(os.path.dirname(__file__), 'mini', 'reader_noise.json'))
    options = parser.parse_args()
    measured = Measured()
    for truth, read in pairs(options.truth, options.read):
        measured.add(truth, read)
    result = measured.result()
    with open(options.out, 'w', encoding='utf8') as out:
        json.dump(result, out, ensure_ascii=False, separators=(',', ':'))
    for level, rates in result['rates'].items():
        print(level, json.dumps(rates))
    print('read as one, by distance in type heights', json.dumps(result['merged_by_gap']))
    print('spaces lost', json.dumps(result['spaces']), 'habits', json.dumps(result['habits'], ensure_ascii=False))


def pairs(truth_file, read_file):
    """(truth, reading) of each page that has been read."""
    read = {}
    with open(read_file, encoding='utf8') as handle:
        for line in handle:
            page = json.loads(line)
            read[os.path.basename(page['file'])] = page
    with open(truth_file, encoding='utf8') as handle:
        for line in handle:
            page = json.loads(line)
            if page['file'] in read:
                yield page, read[page['file']]


class Measured:
    """Counts over pages."""

    def __init__(self):
        self.seen, self.confusions, self.added = Counter(), defaultdict(Counter), Counter()
        self.twins = defaultdict(Counter)        # 'zh' or 'en' by the character before → (printed, read): full-width and half-width forms
        self.spaces = defaultdict(Counter)       # where a space stands → kept, lost
        self.gained = Counter()
        self.cells = defaultdict(Counter)        # level → how cells were read
        self.gaps = defaultdict(Counter)         # distance between neighbours in a row → apart, read as one
        self.pages = []                          # (level, counts: characters, errors, spaces, lost, and errors of each character)

    def add(self, truth, read):
        level, counted = truth['degrade'], Counter()
        found = align.groups(truth['cells'], read['lines'])
        self._count_gaps(truth, found)
        for group in found:
            self._count_group(self.cells[level], group)
            if group.cells and group.lines:
                alignment, starts = align.of_group(group, truth['cells'], read['lines'])
                if any(leader in alignment.printed for leader in _LEADERS):
                    continue  # rows of dots say nothing about text
                self._count_characters(alignment, counted, {start - 1 for _, start in starts})
        self.cells[level]['cells'] += len(truth['cells'])
        self.cells[level]['lines'] += len(read['lines'])
        self.pages.append((level, counted))

    @staticmethod
    def _count_group(counts, group):
        if not group.lines:
            counts['missed'] += len(group.cells)
        elif not group.cells:
            counts['invented'] += len(group.lines)
        elif len(group.lines) > 1:
            counts['split'] += len(group.cells)
        elif len(group.cells) > 1:
            counts['merged'] += len(group.cells)

    def _count_gaps(self, truth, found):
        """Of neighbours in a row: how far apart they were printed, in type heights, and whether they were read as one."""
        cells, group_of = truth['cells'], {i: k for k, group in enumerate(found) for i in group.cells}
        for i in range(len(cells) - 1):
            left, right = cells[i], cells[i + 1]
            gap = (right['x'] - left['x'] - left['w']) * truth['width'] / (left['h'] * truth['height'])
            if abs(left['y'] - right['y']) > .3 * left['h'] or gap < 0:
                continue
            group = found[group_of[i]]
            if group.lines:
                is_one = group_of[i] == group_of[i + 1] and len(group.lines) == 1
                self.gaps[next((top for top in _GAPS if gap < top), _GAPS[-1])][is_one] += 1

    def _count_characters(self, alignment, counted, borders):
        printed, read = alignment.printed, alignment.read
        for i, j in alignment.steps:
            if i is None:
                self._count_added(read, j, counted)
            elif printed[i] == ' ':
                if i not in borders:
                    kept = j is not None
                    self.spaces[where(printed, i)][kept] += 1
                    counted.update(spaces=1, lost=not kept)
            else:
                as_read = '' if j is None else read[j]
                self.seen[printed[i]] += 1
                if not printed[i].isalnum():  # of signs: in which writing they stand decides how they are read
                    self.twins[context(printed, i)][printed[i], as_read] += 1
                counted['characters'] += 1
                if as_read != printed[i]:
                    self.confusions[printed[i]][as_read] += 1
                    if align.normal(as_read) != align.normal(printed[i]):
                        counted['errors'] += 1
                        counted[printed[i]] += 1

    def _count_added(self, read, j, counted):
        if read[j].isspace() or read[j] == '\x1f':
            self.gained[read[j - 1] if j else ''] += 1
        else:
            self.added[read[j]] += 1
            counted['errors'] += 1

    def result(self):
        habits = {where: self._habits(counts) for where, counts in self.twins.items()}
        always = {c for found in habits.values() for c, (other, _) in found.items() if align.normal(other) != align.normal(c)}
        confusions, proneness = {}, {}
        errors = {c: Counter({other: n for other, n in others.items() if align.normal(other) != align.normal(c)})
                  for c, others in self.confusions.items() if c not in always}
        mean = sum(sum(others.values()) for others in errors.values()) / max(1, sum(self.seen.values()))
        for character, others in errors.items():
            if others:
                confusions[character] = [[other, count] for other, count in others.most_common(8)]
        for character, count in self.seen.items():
            if count >= _LEAST_SEEN:
                rate = (sum(errors.get(character, {}).values()) + mean * 20) / (count + 20)
                proneness[character] = round(min(12., max(.15, rate / max(mean, 1e-6))), 2)
        return {'confusions': confusions, 'proneness': proneness, 'habits': habits, 'spaces': self._space_rates(), 'added': self._added(),
                'pages': self._page_rates(always),
                'merged_by_gap': self._merged_by_gap(),
                'rates': {level: self._rates(level, always) for level in self.cells}}

    @staticmethod
    def _habits(counts):
        """Sign → [what it is read as on good pages too, share of times]: its twin of the other width, or what the reader knows instead ("x" for "×")."""
        seen, habits = Counter(), {}
        for (printed, _), n in counts.items():
            seen[printed] += n
        for (printed, read), n in counts.items():
            is_twin = read and align.normal(read) == align.normal(printed)
            least = .004 if is_twin else _HABIT
            if read != printed and seen[printed] >= _LEAST_SEEN and n > least * seen[printed]:
                habits[printed] = [read, round(n / seen[printed], 3)]
        return habits

    def _space_rates(self):
        return {where: round(counts[False] / sum(counts.values()), 4) for where, counts in self.spaces.items()}

    def _merged_by_gap(self):
        """[distance up to, in type heights; share of neighbours read as one; neighbours seen]."""
        return [[top, round(self.gaps[top][True] / sum(self.gaps[top].values()), 3), sum(self.gaps[top].values())] for top in _GAPS if top in self.gaps]

    def _added(self):
        """How often, for each printed character, one too many is read: a space behind the characters it follows, others at random."""
        total = max(1, sum(self.seen.values()))
        behind = {c: round(n / self.seen[c], 4) for c, n in self.gained.items() if self.seen[c] >= _LEAST_SEEN and n > .002 * self.seen[c]}
        return {'rate': round(sum(self.added.values()) / total, 5), 'characters': [[c, n] for c, n in self.added.most_common(40)],
                'space_behind': behind}

    def _page_rates(self, always):
        """[character error rate, share of lost spaces or -1 where too few were printed] of each page: the joint distribution that noise.py draws from."""
        rates = [[round(_error_rate(counted, always), 4), round(counted['lost'] / counted['spaces'], 3) if counted['spaces'] >= 5 else -1]
                 for _, counted in self.pages]
        return sorted(rates[:_PAGES_KEPT])

    def _rates(self, level, always):
        errors = sorted(_error_rate(counted, always) for page_level, counted in self.pages if page_level == level)
        counts = self.cells[level]
        shares = {name: round(counts[name] / max(1, counts['lines' if name == 'invented' else 'cells']), 4)
                  for name in ('split', 'merged', 'missed', 'invented')}
        percentiles = {f'p{q}': round(errors[min(len(errors) - 1, len(errors) * q // 100)], 4) for q in (10, 25, 50, 75, 90, 97)}
        return {'pages': len(errors), 'character_errors': percentiles, **shares}


def _error_rate(counted, always):
    """The page's share of misread characters, without signs that are misread on every page."""
    return max(0, counted['errors'] - sum(counted[c] for c in always)) / max(1, counted['characters'])


if __name__ == '__main__':
    main()
