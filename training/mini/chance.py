"""Random choices. One module-level generator: seed it once a process (`seed`), and every page it makes is repeatable."""
import random

generator = random.Random(0)
choice, randint, sample, shuffle, uniform, gauss = (
    generator.choice, generator.randint, generator.sample, generator.shuffle, generator.uniform, generator.gauss)
random01 = generator.random


def seed(value):
    generator.seed(value)


def chance(p):
    """True with probability p."""
    return random01() < p


def weighted(pairs):
    """One of [(value, weight), …]."""
    values, weights = zip(*pairs)
    return generator.choices(values, weights)[0]


def some(items, p):
    """Each item with probability p, in order."""
    return [item for item in items if random01() < p]


def digits(n):
    return ''.join(choice('0123456789') for _ in range(n))


def letters_digits(n):
    return ''.join(choice('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789') for _ in range(n))
