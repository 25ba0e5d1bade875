"""Looks for faults in concepts.json: python3 -m mini.asking.check_concepts. Prints them and fails if there are any."""
import sys
from collections import Counter, defaultdict

from .concepts import CONCEPTS, plain

_TYPES = set('text number money date id phone choice list'.split())
_LEAST_NAMES, _LEAST_CLAUSES = 8, 6


def faults():
    """Sentences that each say what is wrong."""
    found, trained = [], defaultdict(set)
    for concept in CONCEPTS.values():
        for text in [text for texts in concept.names + concept.questions + concept.clauses for text in texts]:
            trained[plain(text)].add(concept.key)
    for concept in CONCEPTS.values():
        if concept.type not in _TYPES:
            found.append(f'{concept.key}: type {concept.type}')
        found += [f'{concept.key}: like {other}, which is no key' for other in concept.like - set(CONCEPTS)]
        for known in concept.names:
            if len(known) < _LEAST_NAMES:
                found.append(f'{concept.key}: only {len(known)} names in a language')
            found += [f'{concept.key}: "{name}" twice' for name, count in Counter(map(plain, known)).items() if count > 1]
        for names, clauses in zip(concept.names, concept.clauses):
            if any(concept.clauses) and len(clauses) < _LEAST_CLAUSES:
                found.append(f'{concept.key}: only {len(clauses)} clauses in a language')
            taken = Counter(map(plain, names + clauses))
            found += [f'{concept.key}: clause "{clause}" twice' for clause in clauses if taken[plain(clause)] > 1]
        found += [f'{concept.key}: held-out "{text}" is in training for {", ".join(trained[plain(text)])}'
                  for texts in concept.held_names + concept.held_questions for text in texts if plain(text) in trained]
    return found


if __name__ == '__main__':
    wrong = faults()
    print('\n'.join(wrong) or 'no faults')
    sys.exit(bool(wrong))
