"""What people call the fields of a page. concepts.json holds the keys that may be asked for, each with its names,
whole questions and descriptions in English and Chinese.

Some names and questions are held out: they are reached only through `held_names` and `held_questions`, serve to measure how the model takes wording
it never met, and must never get into training."""
import json
import os
from collections import defaultdict
from dataclasses import dataclass

_LANGUAGES = ('en', 'zh')


@dataclass(frozen=True)
class Concept:
    """One field. Texts are pairs (English, Chinese); `like` are the concepts that some of its names could mean as well."""
    key: str
    type: str          # text, number, money, date, id, phone, choice or list
    names: tuple
    questions: tuple
    hints: tuple
    clauses: tuple
    held_names: tuple
    held_questions: tuple
    like: frozenset


def _pair(entry, prefix=''):
    return tuple(tuple(entry.get(prefix + language, ())) for language in _LANGUAGES)


def _load():
    with open(os.path.join(os.path.dirname(__file__), 'concepts.json'), encoding='utf8') as handle:
        entries = json.load(handle)
    owners = defaultdict(set)
    for key, entry in entries.items():
        for names_of_language in _pair(entry) + _pair(entry, 'clause_') + _pair(entry.get('held', {})):
            for name in names_of_language:
                owners[plain(name)].add(key)
    # Doubt goes both ways, and a shared name is a doubt whether or not the file says so.
    doubts = defaultdict(set)
    for key, entry in entries.items():
        for other in entry.get('like', ()):
            doubts[key].add(other)
            doubts[other].add(key)
    for sharing in owners.values():
        for key in sharing:
            doubts[key] |= sharing - {key}
    concepts = {}
    for key, entry in entries.items():
        held = entry.get('held', {})
        concepts[key] = Concept(key, entry['type'], _pair(entry), _pair(entry, 'ask_'), _pair(entry, 'hint_'), _pair(entry, 'clause_'),
                                _pair(held), _pair(held, 'ask_'), frozenset(doubts[key]))
    return concepts, {name: frozenset(keys) for name, keys in owners.items()}


def plain(name):
    """The name without what a template author changes freely: 'Total_Amount' → 'total amount'."""
    return name.lower().replace('_', ' ').replace('-', ' ').strip(' :：')


CONCEPTS, _OWNERS = _load()
# Held-out names serve to measure; a page may print one as a label, but nothing is asked by it.
HELD = {plain(name) for concept in CONCEPTS.values() for known in concept.held_names for name in known}


def names(key, is_chinese):
    """What to call the field, in training."""
    return CONCEPTS[key].names[is_chinese]


def questions(key, is_chinese):
    """Whole questions for the field, in training; empty for keys that nobody asks for in a sentence."""
    return CONCEPTS[key].questions[is_chinese]


def hints(key, is_chinese):
    """Descriptions of the field as the author of a template writes them; they also explain a name that says nothing."""
    return CONCEPTS[key].hints[is_chinese]


def clauses(key, is_chinese):
    """Names of a whole clause, 'sum that was paid in the end'; English ones have no article. Empty for rarely asked keys."""
    return CONCEPTS[key].clauses[is_chinese]


def held_names(key, is_chinese):
    """Names never used in training; empty for rarely asked keys."""
    return CONCEPTS[key].held_names[is_chinese]


def held_questions(key, is_chinese):
    """Questions never used in training; empty for rarely asked keys."""
    return CONCEPTS[key].held_questions[is_chinese]


def meant_by(name):
    """The keys that have this name. More than one of them on a page: the name is no fair question there."""
    return _OWNERS.get(plain(name), frozenset())


def like(key):
    """Keys the field could be taken for. With one of them on the page, its absence cannot be asked for."""
    return CONCEPTS[key].like
