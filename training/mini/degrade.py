"""What happens to a page between printer and reader: light, paper, camera, compression. Places of cells follow the picture."""
import cv2
import numpy as np

from .chance import chance, choice, gauss, randint, uniform, weighted
from .render import Drawn

LEVELS = ('none', 'light', 'medium', 'heavy')
WEIGHTS = (('none', 30), ('light', 36), ('medium', 25), ('heavy', 9))
_STRENGTH = {'none': 0., 'light': .35, 'medium': .7, 'heavy': 1.}


def draw_level():
    return weighted(WEIGHTS)


def degrade(image, cells, level):
    """(uint8 [H, W, 3], [Drawn], JPEG quality) from a picture and its cells."""
    strength = _STRENGTH[level]
    picture = np.ascontiguousarray(image)
    if not strength:
        return picture, cells, randint(85, 96)
    if chance(.25 * strength + .05):
        picture = _faded(picture, strength)
    if chance(.3 * strength):
        picture = _low_contrast(picture, strength)
    how = weighted((('flat', 45), ('turned', 35), ('photo', 20 + 20 * strength)))
    if how == 'turned':
        picture, cells = _turned(picture, cells, gauss(0, .5 + 1.2 * strength))
    elif how == 'photo':
        picture, cells = _photographed(picture, cells, strength)
    if chance(.5 * strength if how != 'photo' else .8):
        picture = _shadowed(picture, strength)
    if chance(.55 * strength + .1):
        picture = _blurred(picture, strength)
    if chance(.3 + .5 * strength):
        picture = _grainy(picture, strength)
    if chance(.12 + .2 * strength):
        picture = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    return picture, cells, int(uniform(88, 95) - strength * uniform(10, 50))


def _random():
    return np.random.default_rng(randint(0, 1 << 30))


# -- paper and print

def _faded(picture, strength):
    """Thermal print: bands of the page, or all of it, turn pale; a worn printer leaves stripes."""
    height, width = picture.shape[:2]
    across = chance(.4)
    length = width if across else height
    knots = np.array([uniform(0, .75) if chance(.6) else 0 for _ in range(6)]) * strength
    fade = np.interp(np.linspace(0, 5, length), np.arange(6), knots).astype(np.float32)
    fade = fade[None, :, None] if across else fade[:, None, None]
    paper = np.median(picture[::16, ::16].reshape(-1, 3), 0)
    faded = picture + (paper - picture) * fade
    if chance(.25):
        for _ in range(randint(1, 3)):
            x = randint(0, width - 3)
            faded[:, x:x + randint(1, 2)] = paper
    return np.clip(faded, 0, 255).astype(np.uint8)


def _low_contrast(picture, strength):
    factor = 1 - uniform(.2, .6) * strength
    return np.clip(picture * factor + uniform(0, 255) * (1 - factor), 0, 255).astype(np.uint8)


# -- geometry

def _warped(picture, cells, matrix, size, border):
    """The picture and its cells under a perspective; `size` is (width, height) of the result."""
    height, width = picture.shape[:2]
    mode = cv2.BORDER_CONSTANT if border else cv2.BORDER_REPLICATE
    warped = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=mode, borderValue=border or 0)
    moved = []
    for cell in cells:
        right, bottom = cell.x + cell.w, cell.y + cell.h
        corners = np.float32([[[cell.x, cell.y], [right, cell.y], [right, bottom], [cell.x, bottom]]]) * np.float32([width, height])
        corners = cv2.perspectiveTransform(corners, matrix)[0] / np.float32(size)
        (left, top), (right, bottom) = corners.min(0), corners.max(0)
        moved.append(Drawn(cell.text, float(left), float(top), float(right - left), float(bottom - top)))
    return warped, moved


def _turned(picture, cells, degrees):
    height, width = picture.shape[:2]
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, .985), [0, 0, 1]])
    return _warped(picture, cells, matrix, (width, height), None)


def _photographed(picture, cells, strength):
    """The sheet lies on a desk: seen at an angle, with the desk around it."""
    height, width = picture.shape[:2]
    margin = uniform(.01, .09)
    big = (int(width * (1 + 2 * margin)), int(height * (1 + 2 * margin)))
    bend = .035 * strength + .008
    source = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    turn = np.radians(gauss(0, 1 + 1.5 * strength))
    target = (source - [width / 2, height / 2]) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + np.array(big) / 2
    target += np.array([[gauss(0, bend) * width, gauss(0, bend) * height] for _ in range(4)])
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    warped, moved = _warped(picture, cells, matrix, big, (1, 2, 3))
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, big)
    shade = cv2.GaussianBlur(mask, (0, 0), max(2, width / 120)).astype(np.float32)[..., None] / 255
    desk = _desk(big) * (1 - .45 * shade)
    alpha = mask.astype(np.float32)[..., None] / 255
    return (warped * alpha + desk * (1 - alpha)).astype(np.uint8), moved


def _desk(size):
    """Wood or cloth: streaks or speckle in a dark or middling colour."""
    width, height = size
    colour = np.array(choice(((120, 85, 55), (70, 50, 35), (60, 62, 68), (160, 150, 140), (190, 165, 130), (35, 35, 38), (90, 110, 120))), np.float32)
    low = _random().normal(0, 1, (height // 4 + 1, 3) if chance(.6) else (height // 6 + 1, width // 6 + 1)).astype(np.float32)
    return np.clip(colour + cv2.resize(low, size, interpolation=cv2.INTER_CUBIC)[..., None] * 9, 0, 255)


# -- light, lens, sensor

def _shadowed(picture, strength):
    """A hand's or a lamp's shadow: a soft slope, sometimes an edge."""
    height, width = picture.shape[:2]
    small = 64
    y, x = np.mgrid[0:small, 0:small].astype(np.float32) / small - .5
    angle = uniform(0, 6.283)
    slope = x * np.cos(angle) + y * np.sin(angle)
    depth = uniform(.1, .3 + .3 * strength)
    light = 1 - depth / (1 + np.exp(-(slope - uniform(-.3, .3)) * choice((4, 8, 30))))
    light = cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
    tint = np.array([1, uniform(.94, 1.), uniform(.86, 1.02)], np.float32)
    return np.clip(picture * light * tint, 0, 255).astype(np.uint8)


def _blurred(picture, strength):
    if chance(.25):
        length = randint(2, 3 + int(4 * strength))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        turn = cv2.getRotationMatrix2D(((length - 1) / 2,) * 2, uniform(0, 180), 1)
        kernel = cv2.warpAffine(kernel, turn, (length, length))
        return cv2.filter2D(picture, -1, kernel / max(kernel.sum(), .01))
    if chance(.4):  # too few pixels
        height, width = picture.shape[:2]
        factor = 1 - uniform(.15, .5) * strength
        small = cv2.resize(picture, (int(width * factor), int(height * factor)), interpolation=cv2.INTER_AREA)
        return small if chance(.5) else cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.GaussianBlur(picture, (0, 0), uniform(.4, .7 + 1.1 * strength))


def _grainy(picture, strength):
    noise = _random().normal(0, uniform(2, 5 + 13 * strength), picture.shape[:2] + (1,)).astype(np.float32)
    if chance(.3):
        noise = cv2.GaussianBlur(noise, (0, 0), .8)[..., None] * 2
    return np.clip(picture + noise, 0, 255).astype(np.uint8)
