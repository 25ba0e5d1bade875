"""A picture as the vision tower takes it: patches in merge-window order, their places, and the taps of the position table. Formulas: the reference's image
processor (grid of 14-pixel patches, 2×2 windows) and bicubic resampling of the learned table (A = -0.75, taps clamped)."""
from functools import lru_cache

import numpy as np

PATCH, WINDOW = 14, 2
MAX_TILES = 64                         # features a picture, 28×28 pixels each
MAX_PATCHES = MAX_TILES * WINDOW * WINDOW
MEAN = (0.48145466, 0.4578275, 0.40821073)
DEVIATION = (0.26862954, 0.26130258, 0.27577711)


def patches(image):
    """uint8 [H, W, 3] with sides of whole tiles → uint8 [P, 588] (channel, row, column), padded to MAX_PATCHES, and the grid (rows, columns)."""
    rows, columns = image.shape[0] // PATCH, image.shape[1] // PATCH
    x = image.transpose(2, 0, 1).reshape(3, rows // WINDOW, WINDOW, PATCH, columns // WINDOW, WINDOW, PATCH)
    x = x.transpose(1, 4, 2, 5, 0, 3, 6).reshape(rows * columns, 3 * PATCH * PATCH)
    out = np.zeros((MAX_PATCHES, x.shape[1]), np.uint8)
    out[:len(x)] = x
    return out, (rows, columns)


@lru_cache(None)
def geometry(rows, columns, table=24):
    """places [P, 2] (y, x), taps [P, 16], weights [P, 16], padded to MAX_PATCHES."""
    y, x = np.divmod(np.arange(rows * columns), columns)
    order = np.arange(rows * columns).reshape(rows // WINDOW, WINDOW, columns // WINDOW, WINDOW).transpose(0, 2, 1, 3).ravel()
    places = np.stack((y, x), 1)[order]
    row_taps, row_weights = _taps(places[:, 0], rows, table)
    column_taps, column_weights = _taps(places[:, 1], columns, table)
    taps = (row_taps[:, :, None] * table + column_taps[:, None, :]).reshape(-1, 16)
    weights = (row_weights[:, :, None] * column_weights[:, None, :]).reshape(-1, 16)
    return _padded(places, np.int64), _padded(taps, np.int64), _padded(weights, np.float32)


def _taps(index, count, table):
    source = (index + .5) * table / count - .5
    first = np.floor(source).astype(np.int64)
    a = source - first
    distances = np.stack((1 + a, a, 1 - a, 2 - a), 1)
    return np.clip(first[:, None] + np.arange(-1, 3), 0, table - 1), np.where(distances <= 1, _near(distances), _far(distances))


def _near(d):
    return 1.25 * d ** 3 - 2.25 * d ** 2 + 1


def _far(d):
    return -.75 * d ** 3 + 3.75 * d ** 2 - 6 * d + 3


def _padded(values, kind):
    out = np.zeros((MAX_PATCHES, values.shape[1]), kind)
    out[:len(values)] = values
    return out
