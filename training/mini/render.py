"""A sheet as a picture, full size (`compose`, `render`) or small (thumbnail.py): the same painting at another size."""
import math
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from . import fonts, look as looks
from .chance import chance, choice, randint, uniform
from .placing import place

LONGEST, SHORTEST_SIDE = 2200, 320
_LIGHT = (250, 250, 250)


class Drawn(NamedTuple):
    """A printed cell and where its ink is, in fractions of the picture (`x`, `y`: the upper left corner)."""
    text: str
    x: float
    y: float
    w: float
    h: float


class _Spot(NamedTuple):
    """A cell in pixels; `align` says which edge holds when the font is narrower than the box."""
    left: float
    right: float
    middle: float
    em: float
    size: float
    text: str
    align: str


def render(sheet, scale=None):
    """The page as a picture whose body text is about `scale` pixels high (14 … 40 by chance)."""
    return compose(sheet, scale)[0]


def compose(sheet, scale=None):
    """(picture, [Drawn])."""
    cells = place(sheet, exact=True)
    scale = scale or choice((randint(14, 20), randint(16, 28), randint(20, 30), randint(24, 40)))
    width, height = _page_size(cells, scale)
    return paint(sheet, cells, width, height, looks.draw(sheet))


def aspect(cells):
    """Width / height of the page the cells stand on."""
    return cells[0].height / cells[0].em


def _page_size(cells, scale):
    """Pixels: by the size of body text, within the sizes of scans and photographs."""
    width = scale * cells[0].size / cells[0].em
    height = width / aspect(cells)
    shrink = min(1, LONGEST / max(width, height))
    grow = max(1, 900 / max(width, height), SHORTEST_SIDE / min(width, height))
    factor = shrink if shrink < 1 else min(grow, 2.2)
    return max(64, round(width * factor)), max(64, round(height * factor))


def paint(sheet, cells, width, height, look):
    """(picture, [Drawn]) of the cells at a size in pixels."""
    image, spots, light = background(cells, width, height, look)
    draw = ImageDraw.Draw(image)
    factor = font_factor(spots, look)
    drawn = [_print(draw, spot, look, factor, ink(spot, look, light), width, height) for spot in spots]
    if look.stamp:
        _stamp(image, look, spots[0].em / spots[0].size, sheet.is_chinese)
    return image, [one for one in drawn if one]


def background(cells, width, height, look, is_small=False):
    """(picture without text, spots the text goes to, those of them that are printed light); `is_small` leaves away what cannot be seen."""
    spots = _spots(cells, width, height)
    image = _paper(look, width, height, is_small)
    draw = ImageDraw.Draw(image)
    light = set()
    if look.kind == 'chat':
        _bubbles(draw, spots, look)
    else:
        light = _decorate(draw, _rows(spots), look, width, height)
    if look.stamp and is_small:
        _ring(draw, look.stamp, spots[0].em / spots[0].size, width, height, (215, 80, 80))
    return image, spots, light


def ink(spot, look, light):
    if spot in light:
        return _LIGHT
    return look.title_ink if is_title(spot) and look.title_ink else look.ink


def is_title(spot):
    return spot.size > 1.1


def is_bold(spot, look):
    return look.bold_all or is_title(spot) and look.bold_title


# -- where things are

def _spots(cells, width, height):
    edges = {'l': {}, 'r': {}, 'c': {}}
    for cell in cells:
        for align, place_ in _edges(cell):
            edges[align][place_] = edges[align].get(place_, 0) + 1
    found = []
    for cell in cells:
        align = max(_edges(cell), key=lambda entry: edges[entry[0]][entry[1]])[0]
        found.append(_Spot(cell.left * width, cell.right * width, cell.middle * height, cell.em * width, cell.size, cell.text, align))
    return found


def _edges(cell):
    return ('l', round(cell.left * 250)), ('r', round(cell.right * 250)), ('c', round((cell.left + cell.right) * 125))


def _rows(spots):
    """The spots by row, from above."""
    rows = []
    for spot in sorted(spots, key=lambda one: one.middle):
        if rows and spot.middle - rows[-1][0].middle < .3 * spot.em:
            rows[-1].append(spot)
        else:
            rows.append([spot])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def font_factor(spots, look):
    """What the type size is multiplied with so that the chosen font fills the boxes: their widths were reckoned without a font."""
    ratios = []
    for spot in spots[:40:2]:
        pixels = max(6, round(spot.em))
        natural = fonts.length(spot.text, look.western, look.chinese, pixels, False) * spot.em / pixels
        if len(spot.text) > 3 and natural:
            ratios.append((spot.right - spot.left) / natural)
    ratios.sort()
    return min(1.05, max(.72, ratios[len(ratios) // 3])) if ratios else 1


def start(spot, length, width):
    """The left edge of a text of some length."""
    x = spot.left if spot.align == 'l' else spot.right - length if spot.align == 'r' else (spot.left + spot.right - length) / 2
    return max(1., min(x, width - length - 1))


def type_size(spot, look, factor):
    """(pixels, length) of a text, made smaller where it would reach out of its box."""
    pixels = max(4, round(spot.em * factor))
    length = fonts.length(spot.text, look.western, look.chinese, pixels, is_bold(spot, look))
    room = max(spot.right - spot.left, 1) + .25 * spot.em
    if length > room:
        pixels = max(4, int(pixels * max(room / length, .55)))
        length = fonts.length(spot.text, look.western, look.chinese, pixels, is_bold(spot, look))
    return pixels, length


# -- paper and rules

def _paper(look, width, height, is_small):
    plain = Image.new('RGB', (width, height), look.paper)
    if look.pattern == 'gradient':
        slope = np.linspace(uniform(-18, 0), uniform(0, 12), height)[:, None]
        column = np.clip(np.array(look.paper) + slope, 0, 255).astype(np.uint8)
        return Image.fromarray(column[:, None]).resize((width, height), Image.NEAREST)
    if is_small or not look.pattern:
        return plain
    base = np.array(plain)
    if look.pattern == 'waves':
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        wave = np.sin((y + 9 * np.sin(x / 37)) / 5) > .8
        base[wave] = np.clip(np.array(look.paper) + np.array(look.accent) * .06 - 18, 0, 255).astype(np.uint8)
    else:
        streaks = np.random.default_rng(randint(0, 1 << 30)).normal(0, 5, (height, 1, 1))
        base = np.clip(base + streaks, 0, 255).astype(np.uint8)
    return Image.fromarray(base)


def _decorate(draw, rows, look, width, height):
    """Bars, frames and table rules under the text; returns the spots that are printed light on them."""
    light = set()
    body = rows[0][0].em / rows[0][0].size
    if look.title_bar and rows[0][0].size > 1.1 and len(rows) > 2:
        top, bottom = _band(rows, 0)
        draw.rectangle((0, 0 if look.kind == 'screen' else top, width, bottom), fill=look.accent)
        light.update(rows[0])
    rule = tuple(round(p * .55 + i * .45) for p, i in zip(look.paper, look.ink))
    thick = max(1, round(body / 16))
    for first, last in _table_runs(rows):
        light |= _rule_table(draw, rows, first, last, look, rule, thick)
    if look.form:
        for i in range(1 if light else 0, len(rows) - 1):
            if rows[i + 1][0].middle - rows[i][0].middle > 1.35 * body:
                y = (rows[i][0].middle + rows[i + 1][0].middle) / 2
                draw.line((.02 * width, y, .98 * width, y), fill=rule, width=thick)
    if look.dashes:
        _dashes(draw, rows, body, width, look)
    if look.frame:
        inset = .012 * min(width, height)
        draw.rectangle((inset, inset, width - inset, height - inset), outline=rule, width=max(1, thick * choice((1, 2))))
    return light


def _band(rows, i):
    """Upper and lower border of row i: between it and its neighbours, in proportion to their type."""
    row, em = rows[i], max(spot.em for spot in rows[i])
    middle = row[0].middle
    top, bottom = middle - .85 * em, middle + .85 * em
    if i:
        above = rows[i - 1][0]
        top = max(top, middle - (middle - above.middle) * em / (em + above.em))
    if i + 1 < len(rows):
        below = rows[i + 1][0]
        bottom = min(bottom, middle + (below.middle - middle) * em / (em + below.em))
    return max(0, top), bottom


def _table_runs(rows):
    """(first, last) of three and more rows after another with three and more cells."""
    runs, start = [], None
    for i, row in enumerate(rows + [[]]):
        if len(row) >= 3:
            start = i if start is None else start
        else:
            if start is not None and i - start >= 3:
                runs.append((start, i - 1))
            start = None
    return runs


def _rule_table(draw, rows, first, last, look, rule, thick):
    """Rules one table; returns the spots printed light."""
    em = rows[first][0].em
    left = min(spot.left for row in rows[first:last + 1] for spot in row) - .5 * em
    right = max(spot.right for row in rows[first:last + 1] for spot in row) + .5 * em
    bands = [_band(rows, i) for i in range(first, last + 1)]
    light = set()
    if look.header:
        tint = look.accent if look.header == 'bar' else tuple(round(p * .88 + a * .12) for p, a in zip(look.paper, look.accent))
        draw.rectangle((left, bands[0][0], right, bands[0][1]), fill=tint)
        light = set(rows[first]) if look.header == 'bar' else light
    is_airy = (rows[last][0].middle - rows[first][0].middle) / (last - first) > 1.2 * em
    if look.grid == 'zebra':
        tint = tuple(max(0, p - 10) if sum(look.paper) > 380 else p + 12 for p in look.paper)
        for top, bottom in bands[2::2]:
            draw.rectangle((left, top, right, bottom), fill=tint)
    elif look.grid and is_airy:
        for y in [bands[0][0]] + [bottom for _, bottom in bands]:
            draw.line((left, y, right, y), fill=rule, width=thick)
    if look.grid == 'lines' and is_airy:
        for x in [left, right] + _column_borders(rows[first:last + 1], em):
            draw.line((x, bands[0][0], x, bands[-1][1]), fill=rule, width=thick)
    return light


def _column_borders(rows, em):
    """Middles of the gaps that no cell of the rows reaches into."""
    spans, borders, reach = sorted((spot.left, spot.right) for row in rows for spot in row), [], None
    for left, right in spans:
        if reach is not None and left - reach > .35 * em:
            borders.append((left + reach) / 2)
        reach = right if reach is None else max(reach, right)
    return borders


def _dashes(draw, rows, body, width, look):
    """A dashed line across a receipt where there is room between two rows."""
    for i in range(len(rows) - 1):
        upper, lower = rows[i][0].middle + .6 * rows[i][0].em, rows[i + 1][0].middle - .6 * rows[i + 1][0].em
        if lower - upper > .5 * body and chance(.3):
            y, x = (upper + lower) / 2, .03 * width
            while x < .97 * width:
                draw.line((x, y, x + body * .35, y), fill=look.ink, width=max(1, round(body / 14)))
                x += body * .6


def _bubbles(draw, spots, look):
    """A messenger: a rounded box behind each message, coloured on the right."""
    is_dark = sum(look.paper) < 380
    own, other = ((35, 110, 60), (50, 50, 52)) if is_dark else ((149, 236, 105), (255, 255, 255) if look.paper != (255, 255, 255) else (238, 238, 240))
    for spot in spots:
        if len(spot.text) > 4 and abs(spot.size - 1) < .2:
            pad = .45 * spot.em
            box = (spot.left - pad, spot.middle - .55 * spot.em - pad * .5, spot.right + pad, spot.middle + .55 * spot.em + pad * .5)
            draw.rounded_rectangle(box, radius=pad * .7, fill=own if spot.align == 'r' else other)


# -- text

def _print(draw, spot, look, factor, colour, width, height):
    """Prints a cell; returns where (None if nothing of it is seen)."""
    pixels, length = type_size(spot, look, factor)
    x, baseline = start(spot, length, width), spot.middle + .36 * pixels
    pen = x
    for face, text in fonts.runs(spot.text, look.western, look.chinese):
        font = fonts.load(face, pixels, is_bold(spot, look))
        draw.text((pen, baseline), text, fill=colour, font=font, anchor='ls')
        pen += font.getlength(text)
    top, bottom = baseline - .82 * pixels, baseline + .18 * pixels
    if bottom <= 0 or top >= height or x >= width:
        return None
    return Drawn(spot.text, x / width, top / height, (pen - x) / width, (bottom - top) / height)


# -- stamps

def _ring(draw, stamp, em, width, height, colour):
    x, y, radius = stamp[0] * width, stamp[1] * height, stamp[2] * em
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=max(1, round(radius / 14)))
    star = [(x + radius * r * math.sin(a), y - radius * r * math.cos(a)) for i in range(10) for r, a in [((.3, .12)[i % 2], i * math.pi / 5)]]
    draw.polygon(star, fill=colour)


def _stamp(image, look, em, is_chinese):
    """A round red seal with writing along its rim, half transparent."""
    from .lexicon import chinese, words
    radius = look.stamp[2] * em
    side = int(radius * 2 + 6)
    seal = Image.new('L', (side, side), 0)
    draw = ImageDraw.Draw(seal)
    _ring(draw, (.5, .5, radius), 1, side, side, 255)
    text = chinese(6, 10) + '有限公司' if is_chinese else words(2, 3).upper()
    font = fonts.load(look.chinese if is_chinese else look.western, max(8, int(radius * (.3 if is_chinese else .24))), False)
    span = min(4.6, .36 * len(text))
    for i, character in enumerate(text):
        angle = -span / 2 + span * (i + .5) / len(text)
        tile = Image.new('L', (font.size * 2,) * 2, 0)
        ImageDraw.Draw(tile).text((font.size, font.size), character, fill=255, font=font, anchor='mm')
        tile = tile.rotate(-math.degrees(angle), Image.BICUBIC)
        at = (int(side / 2 + .76 * radius * math.sin(angle) - font.size), int(side / 2 - .76 * radius * math.cos(angle) - font.size))
        seal.paste(255, (at[0], at[1], at[0] + tile.width, at[1] + tile.height), tile)
    seal = seal.rotate(uniform(-25, 25), Image.BICUBIC).point(lambda value: int(value * .62))
    left, top = int(look.stamp[0] * image.width - side / 2), int(look.stamp[1] * image.height - side / 2)
    image.paste((205, 25, 35), (left, top, left + side, top + side), seal)
