"""The small picture the picture tower is trained with: what render.py paints, at double size and averaged down; glyphs come from a cache."""
import functools

import cv2
import numpy as np

from . import fonts, look as looks
from .chance import chance, randint, uniform
from .placing import place
from .render import aspect, background, font_factor, ink, is_bold, start, type_size

TILE, MOST_TILES = 28, 64
_OVERSAMPLING = 2


def thumbnail(sheet, cells=None):
    """uint8 [H, W, 3], sides multiples of 28, H · W at most 50,176, in the page's proportions. `cells`: the PlacedCells the transcript was written from,
    so that picture and transcript tell of the same places; without them the sheet is placed anew."""
    cells = cells or place(sheet, exact=True)
    height, width = size(round(aspect(cells), 2))
    look = looks.draw(sheet, most_faces=2)
    paper, spots, light = background(cells, width * _OVERSAMPLING, height * _OVERSAMPLING, look, is_small=True)
    image = cv2.resize(np.asarray(paper), (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    for colour, coverage in _print(spots, light, look, width * _OVERSAMPLING, height * _OVERSAMPLING).items():
        share = cv2.resize(coverage, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
        image += (np.array(colour, np.float32) - image) * share
    return np.clip(_spoil(image), 0, 255).astype(np.uint8)


@functools.lru_cache(None)
def size(proportion):
    """(height, width) of the largest allowed picture nearest to width / height."""
    def error(shape):
        rows, columns = shape
        return abs(np.log(columns / rows / max(proportion, .02))) + .5 * (1 - rows * columns / MOST_TILES)
    shapes = [(rows, columns) for rows in range(1, MOST_TILES + 1) for columns in range(1, MOST_TILES // rows + 1)]
    rows, columns = min(shapes, key=error)
    return rows * TILE, columns * TILE


def _print(spots, light, look, width, height):
    """{colour: uint8 [height, width], how far each pixel is covered with it}."""
    sheets = {}
    factor = font_factor(spots, look)
    for spot in spots:
        colour = ink(spot, look, light)
        if colour not in sheets:
            sheets[colour] = np.zeros((height, width), np.uint8)
        pixels, length = type_size(spot, look, factor)
        pen, baseline, bold = start(spot, length, width), round(spot.middle + .36 * pixels), is_bold(spot, look)
        steps = fonts.advances(spot.text, look.western, look.chinese, pixels, bold)
        pixels -= pixels % (1 if pixels < 8 else 2 if pixels < 16 else 4)  # fewer sizes to cache
        for character, advance in zip(spot.text, steps):
            left, above, coverage = fonts.glyph(character, look.western, look.chinese, pixels, bold)
            x, y = int(pen) + left, baseline - above
            under = sheets[colour][max(y, 0):y + coverage.shape[0], max(x, 0):x + coverage.shape[1]]
            if under.shape == coverage.shape:
                np.maximum(under, coverage, out=under)
            pen += advance
    return sheets


@functools.lru_cache(None)
def _grain():
    return np.random.default_rng(1).normal(0, 1, (2048, 2048, 1)).astype(np.float32)


def _spoil(image):
    """What is left of degrade.py at this size: light, contrast, noise."""
    if chance(.5):
        return image
    dark = uniform(.55, 1)
    image = image * dark + uniform(0, 255 * (1 - dark))
    height, width = image.shape[:2]
    if chance(.4):
        image *= np.linspace(uniform(.7, 1), uniform(.7, 1), width, dtype=np.float32)[None, :, None]
    if chance(.4):
        y, x = randint(0, 2048 - height), randint(0, 2048 - width)
        image += _grain()[y:y + height, x:x + width] * uniform(1, 8)
    return image
