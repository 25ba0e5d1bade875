"""The fonts pages are drawn with: files of Debian packages (../FONTS.md names packages and licences).

A text is drawn in runs: Western characters in the page's Western font, Chinese ones in its Chinese font, and what neither holds in a fallback.
MINI_FONTS names a folder that holds the files side by side, for machines without the packages; families whose files are missing are left out."""
import functools
import glob
import os
from typing import NamedTuple

import numpy as np
from PIL import ImageFont

_SYSTEM = '/usr/share/fonts'


class Face(NamedTuple):
    """One family: the file of its regular and its bold cut and the number of the face in a collection. `kinds` say where it is used."""
    name: str
    regular: str
    bold: str
    index: int
    kinds: str


WESTERN = [Face(*entry) for entry in (
    ('Liberation Sans', 'LiberationSans-Regular.ttf', 'LiberationSans-Bold.ttf', 0, 'sans'),
    ('DejaVu Sans', 'DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 0, 'sans'),
    ('Roboto', 'Roboto-Regular.ttf', 'Roboto-Bold.ttf', 0, 'sans screen'),
    ('Lato', 'Lato-Regular.ttf', 'Lato-Bold.ttf', 0, 'sans screen'),
    ('Open Sans', 'OpenSans-Regular.ttf', 'OpenSans-Bold.ttf', 0, 'sans screen'),
    ('Cantarell', 'Cantarell-Regular.otf', 'Cantarell-Bold.otf', 0, 'sans screen'),
    ('Carlito', 'Carlito-Regular.ttf', 'Carlito-Bold.ttf', 0, 'sans'),
    ('Liberation Sans Narrow', 'LiberationSansNarrow-Regular.ttf', 'LiberationSansNarrow-Bold.ttf', 0, 'condensed receipt'),
    ('Roboto Condensed', 'RobotoCondensed-Regular.ttf', 'RobotoCondensed-Bold.ttf', 0, 'condensed receipt'),
    ('DejaVu Sans Condensed', 'DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf', 0, 'condensed receipt'),
    ('Liberation Serif', 'LiberationSerif-Regular.ttf', 'LiberationSerif-Bold.ttf', 0, 'serif'),
    ('Linux Libertine', 'LinLibertine_R.otf', 'LinLibertine_RB.otf', 0, 'serif'),
    ('FreeSerif', 'FreeSerif.ttf', 'FreeSerifBold.ttf', 0, 'serif'),
    ('C059', 'C059-Roman.otf', 'C059-Bold.otf', 0, 'serif'),
    ('DejaVu Sans Mono', 'DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf', 0, 'mono receipt'),
    ('Liberation Mono', 'LiberationMono-Regular.ttf', 'LiberationMono-Bold.ttf', 0, 'mono receipt'),
    ('Inconsolata', 'Inconsolata.otf', 'Inconsolata.otf', 0, 'mono receipt'),
    ('Anonymous Pro', 'Anonymous Pro.ttf', 'Anonymous Pro B.ttf', 0, 'mono receipt'),
    ('Hack', 'Hack-Regular.ttf', 'Hack-Bold.ttf', 0, 'mono receipt'),
    ('IBM 3270', '3270SemiCondensed-Regular.ttf', '3270SemiCondensed-Regular.ttf', 0, 'mono receipt'),
    ('Courier Prime', 'Courier Prime.otf', 'Courier Prime Bold.otf', 0, 'mono'),
    ('Nimbus Mono PS', 'NimbusMonoPS-Bold.otf', 'NimbusMonoPS-Bold.otf', 0, 'mono'),
)]
CHINESE = [Face(*entry) for entry in (
    ('Noto Sans CJK SC', 'NotoSansCJK-Regular.ttc', 'NotoSansCJK-Bold.ttc', 2, 'sans screen receipt'),
    ('WenQuanYi Micro Hei', 'wqy-microhei.ttc', 'wqy-microhei.ttc', 0, 'sans screen receipt'),
    ('WenQuanYi Zen Hei', 'wqy-zenhei.ttc', 'wqy-zenhei.ttc', 0, 'sans receipt'),
    ('Droid Sans Fallback', 'DroidSansFallbackFull.ttf', 'DroidSansFallbackFull.ttf', 0, 'sans screen receipt'),
    ('Noto Serif CJK SC', 'NotoSerifCJK-Regular.ttc', 'NotoSerifCJK-Bold.ttc', 2, 'serif'),
    ('AR PL UMing CN', 'uming.ttc', 'uming.ttc', 0, 'serif receipt'),
    ('AR PL SungtiL GB', 'gbsn00lp.ttf', 'gbsn00lp.ttf', 0, 'serif receipt'),
    ('AR PL UKai CN', 'ukai.ttc', 'ukai.ttc', 0, 'kai'),
    ('AR PL KaitiM GB', 'gkai00mp.ttf', 'gkai00mp.ttf', 0, 'kai'),
    ('LXGW WenKai', 'LXGWWenKai-Regular.ttf', 'LXGWWenKai-Bold.ttf', 0, 'kai'),
)]


@functools.lru_cache(None)
def _paths():
    """File name → path."""
    folder = os.environ.get('MINI_FONTS')
    if folder:
        return {name: os.path.join(folder, name) for name in os.listdir(folder)}
    return {os.path.basename(path): path for path in glob.glob(f'{_SYSTEM}/**/*.*', recursive=True)}


@functools.lru_cache(None)
def faces(is_chinese, kind):
    """The installed families used for a kind of page ('sans', 'serif', 'mono', 'receipt', 'screen', 'condensed', 'kai'); all of them if none is."""
    here = [face for face in (CHINESE if is_chinese else WESTERN) if face.regular in _paths() and face.bold in _paths()]
    if not here:
        raise FileNotFoundError('no fonts: install the packages of FONTS.md or name a folder in MINI_FONTS')
    return [face for face in here if kind in face.kinds.split()] or here


@functools.lru_cache(512)
def load(face, pixels, bold=False):
    return ImageFont.truetype(_paths()[face.bold if bold else face.regular], pixels, index=face.index, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(None)
def _missing_glyph(face):
    return bytes(load(face, 24).getmask('\U0010fffe'))


@functools.lru_cache(100_000)
def covers(face, character):
    """Whether the font draws the character rather than a box."""
    return character.isspace() or bytes(load(face, 24).getmask(character)) != _missing_glyph(face)


def is_wide(character):
    return character > '\u2e7f'


@functools.lru_cache(100_000)
def _face_for(character, western, chinese):
    order = (chinese, western) if is_wide(character) or '\u2000' <= character < '\u2e80' else (western, chinese)
    for face in order + tuple(faces(True, 'sans')):
        if covers(face, character):
            return face
    return chinese


def runs(text, western, chinese):
    """[(face, part of the text)]."""
    found = []
    for character in text:
        face = _face_for(character, western, chinese)
        if found and (found[-1][0] is face or character == ' '):
            found[-1] = (found[-1][0], found[-1][1] + character)
        else:
            found.append((face, character))
    return found


_REFERENCE = 100


@functools.lru_cache(None)
def _advance(character, western, chinese, bold):
    """The width of one character in ems."""
    if '\u4e00' <= character <= '\u9fff':
        return 1.
    return load(_face_for(character, western, chinese), _REFERENCE, bold).getlength(character) / _REFERENCE


def advances(text, western, chinese, pixels, bold):
    return [pixels * _advance(character, western, chinese, bold) for character in text]


def length(text, western, chinese, pixels, bold):
    return sum(advances(text, western, chinese, pixels, bold))


@functools.lru_cache(300_000)
def glyph(character, western, chinese, pixels, bold):
    """(left bearing, height above the baseline, uint8 [h, w] coverage) of one character, for print too small and too much for a text engine."""
    font = load(_face_for(character, western, chinese), pixels, bold)
    mask, (left, top) = font.getmask2(character, 'L', anchor='ls')
    return left, -top, np.frombuffer(bytes(mask), np.uint8).reshape(mask.size[1], mask.size[0])
