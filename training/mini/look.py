"""How a page looks: paper, ink, fonts, rules, bars, stamps. A look is drawn by chance to suit the page's family; render.py paints it."""
from dataclasses import dataclass

from . import fonts
from .chance import chance, choice, randint, uniform, weighted

# What a family is printed on: words of the family's name → [(kind of page, weight)]. The first word found counts.
_KINDS = (
    ('receipt', (('receipt', 85), ('paper', 10), ('screen', 5))),
    ('ticket', (('paper', 40), ('card', 35), ('receipt', 15), ('screen', 10))),
    ('chat', (('chat', 100),)),
    ('plate', (('plate', 70), ('paper', 20), ('card', 10))),
    ('card', (('card', 80), ('paper', 15), ('screen', 5))),
    ('menu', (('card', 45), ('paper', 35), ('screen', 20))),
    ('product', (('screen', 45), ('card', 30), ('paper', 25))),
    ('screen', (('screen', 95), ('paper', 5))),
    ('order', (('screen', 40), ('paper', 60))),
    ('waybill', (('paper', 75), ('screen', 25))),
    ('', (('paper', 82), ('screen', 12), ('card', 4), ('receipt', 2))))
_FONT_KINDS = {'receipt': (('receipt', 70), ('mono', 20), ('sans', 10)), 'screen': (('screen', 85), ('sans', 15)),
               'chat': (('screen', 90), ('sans', 10)),
               'plate': (('sans', 60), ('condensed', 40)), 'card': (('sans', 40), ('screen', 25), ('serif', 35)),
               'paper': (('sans', 40), ('serif', 38), ('condensed', 10), ('mono', 12))}
_CHINESE_KINDS = {'receipt': (('receipt', 90), ('sans', 10)), 'screen': (('screen', 90), ('sans', 10)),
                  'chat': (('screen', 100),), 'plate': (('sans', 80), ('serif', 20)),
                  'card': (('sans', 50), ('serif', 25), ('kai', 25)), 'paper': (('sans', 35), ('serif', 45), ('kai', 20))}
_ACCENTS = ((200, 30, 40), (20, 90, 180), (0, 130, 110), (230, 110, 20), (90, 60, 150), (40, 45, 55), (25, 140, 60), (7, 160, 230), (170, 20, 90),
            (110, 75, 40))


@dataclass
class Look:
    """`grid`: how tables are ruled ('lines', 'rows', 'zebra' or ''); `form`: a rule under every row; `header`: 'bar' (light on dark), 'tint' or '';
    `label_ink`: a colour for the labels of 'label: value' or None; `stamp`: (x, y, radius in ems, text) or None."""
    kind: str
    western: fonts.Face
    chinese: fonts.Face
    paper: tuple
    ink: tuple
    accent: tuple
    bold_title: bool = True
    bold_all: bool = False
    title_ink: tuple = None
    header: str = ''
    title_bar: bool = False
    grid: str = ''
    form: bool = False
    frame: bool = False
    dashes: bool = False
    pattern: str = ''
    stamp: tuple = None


def draw(sheet, most_faces=99):
    """A look that suits the sheet; with at most some families of a kind, so that a cache of glyphs serves."""
    kind = weighted(next(kinds for word, kinds in _KINDS if word in sheet.family))
    western = choice(fonts.faces(False, weighted(_FONT_KINDS[kind]))[:most_faces])
    chinese = choice(fonts.faces(True, weighted(_CHINESE_KINDS[kind]))[:most_faces])
    paper, ink = _colours(kind)
    look = Look(kind, western, chinese, paper, ink, choice(_ACCENTS), chance(.7))
    if kind == 'receipt':
        look.dashes, look.bold_all = chance(.4), chance(.2)
        return look
    if kind == 'chat':
        return look
    look.title_ink = choice((look.accent, None, None)) if sum(paper) > 500 else None
    look.title_bar = chance({'screen': .5, 'card': .35, 'plate': .2}.get(kind, .1))
    look.header = weighted((('', 50), ('tint', 25), ('bar', 25)))
    look.grid = weighted((('', 30), ('lines', 38), ('rows', 20), ('zebra', 12)))
    look.form = chance(.35 if kind == 'plate' else .15)
    look.frame = chance({'plate': .7, 'card': .4}.get(kind, .2))
    look.pattern = weighted((('', 80), ('waves', 8), ('gradient', 12))) if kind != 'plate' else choice(('', 'gradient', 'brushed'))
    if sheet.is_chinese and kind == 'paper' and chance(.3):
        look.stamp = (uniform(.3, .85), uniform(.35, .9), uniform(2.8, 4.5))
    elif kind == 'paper' and chance(.06):
        look.stamp = (uniform(.3, .85), uniform(.4, .9), uniform(2, 4))
    return look


def _colours(kind):
    """(paper, ink)."""
    if kind == 'plate':
        return choice((((188, 190, 194), (20, 20, 24)), ((205, 206, 204), (30, 30, 30)), ((28, 38, 60), (225, 228, 232)), ((25, 25, 28), (215, 215, 215)),
                       ((235, 235, 232), (10, 10, 10)), ((206, 190, 130), (25, 20, 5))))
    if kind in ('screen', 'chat'):
        if chance(.12):
            return (randint(14, 34),) * 3, (randint(205, 245),) * 3
        return choice(((255, 255, 255), (245, 246, 248), (237, 237, 237), (250, 247, 240))), (randint(10, 60),) * 3
    if kind == 'card' and chance(.45):
        return choice((((30, 60, 110), (240, 240, 245)), ((120, 25, 30), (250, 240, 215)), ((20, 20, 22), (230, 200, 130)), ((250, 225, 190), (80, 40, 10)),
                       ((225, 238, 250), (15, 40, 90)), ((252, 236, 240), (120, 30, 60)), ((35, 80, 60), (240, 245, 235))))
    shade = randint(238, 255)
    paper = choice(((shade, shade, shade), (shade, shade, shade - 6), (shade, shade - 5, shade - 16), (shade - 8, shade - 3, shade)))
    return paper, weighted((((randint(0, 50),) * 3, 80), ((20, 30, 90), 10), ((60, 40, 40), 10)))
