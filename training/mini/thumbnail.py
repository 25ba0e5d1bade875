"""The small picture the picture tower is trained with: painted by render.py, at double size, and averaged down."""
import cv2
import numpy as np

from . import look as looks
from .chance import chance, randint, uniform
from .placing import place
from .render import aspect, paint

TILE, MOST_PIXELS = 28, 50176
_OVERSAMPLING = 2


def thumbnail(sheet, cells=None):
    """uint8 [H, W, 3], sides multiples of 28, H · W at most 50,176, in the page's proportions. `cells`: the PlacedCells the transcript was written from,
    so that picture and transcript tell of the same places; without them the sheet is placed anew."""
    cells = cells or place(sheet, exact=True)
    height, width = size(aspect(cells))
    image, _ = paint(sheet, cells, width * _OVERSAMPLING, height * _OVERSAMPLING, looks.draw(sheet), is_small=True)
    return _spoil(cv2.resize(np.asarray(image), (width, height), interpolation=cv2.INTER_AREA))


def size(proportion):
    """(height, width) of the largest allowed picture nearest to width / height."""
    best, found = None, (TILE, TILE)
    for rows in range(1, 65):
        columns = min(64 // rows, max(1, round(rows * proportion)))
        error = abs(np.log(columns / rows / proportion)) + .5 * (1 - rows * columns / 64)
        if best is None or error < best:
            best, found = error, (rows * TILE, columns * TILE)
    return found


def _spoil(image):
    """What is left of degrade.py at this size: light, contrast, noise."""
    if chance(.5):
        return image
    dark = uniform(.55, 1)
    spoilt = image.astype(np.float32) * dark + uniform(0, 255 * (1 - dark))
    if chance(.4):
        spoilt *= np.linspace(uniform(.7, 1), uniform(.7, 1), image.shape[1], dtype=np.float32)[None, :, None]
    if chance(.4):
        spoilt += np.random.default_rng(randint(0, 1 << 30)).normal(0, uniform(1, 8), image.shape).astype(np.float32)
    return np.clip(spoilt, 0, 255).astype(np.uint8)
