"""How an answer is scored: unit by unit (a value of a JSON object, a line, or the whole text)."""
import json
import re
import unicodedata

ABSENT = {'', 'null', 'none', 'n/a', 'na', 'unknown', 'not found', 'missing', '-', 'absent', 'empty', '未知', '无', '未找到', '空', '没有', '不详', '缺失', '/'}
MISSING = object()   # no value at all, not even an absent one


def plain(text):
    """Lower case, letters and digits only, after Unicode compatibility folding."""
    folded = unicodedata.normalize('NFKC', str(text)).lower()
    return re.sub(r'[\W_]+', '', folded)


def is_absent(value):
    return value is None or str(value).strip().lower() in ABSENT


def same(said, truth):
    if is_absent(truth) or is_absent(said):
        return is_absent(truth) == is_absent(said)
    if isinstance(truth, list):
        return isinstance(said, list) and len(said) == len(truth) and all(same(a, b) for a, b in zip(said, truth))
    if isinstance(truth, dict):
        return isinstance(said, dict) and truth.keys() == said.keys() and all(same(said[k], truth[k]) for k in truth)
    return plain(said) == plain(truth) and (plain(truth) != '' or str(said) == str(truth))


def is_invented(said, page):
    """Whether a word of the value stands nowhere on the page; `page` is its plain text."""
    return not is_absent(said) and any(plain(word) not in page for word in str(said).split())


def units(said, truth):
    """[(said, truth)] of every value the answer must hold; MISSING where it does not."""
    wanted, given = _json(truth), _json(said)
    if isinstance(wanted, dict):
        given = given if isinstance(given, dict) else {}
        return [(given.get(key, MISSING), value) for key, value in wanted.items()]
    if isinstance(wanted, list):
        given = given if isinstance(given, list) else []
        return [(given[i] if i < len(given) else MISSING, value) for i, value in enumerate(wanted)] or [(given, wanted)]
    lines, shown = truth.split('\n'), said.split('\n')
    if len(lines) == 1:
        return [(said, truth)]
    return [(_value(shown[i]) if i < len(shown) else MISSING, _value(line)) for i, line in enumerate(lines)]


def _value(line):
    """What follows the name of a filled-in line, so that an absent value is seen as one."""
    match = re.match(r'^(?:【[^】]*】[：:]|[^：:=|]{1,40}(?:：|: |=| \| ))\s*(.*)$', line)
    return match.group(1) if match else line


def _json(text):
    try:
        found = json.loads(text)
        return found if isinstance(found, (dict, list)) else None
    except ValueError:
        return None
