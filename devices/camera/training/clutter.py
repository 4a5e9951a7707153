"""What stands on pages beside the zone: portraits, fields, text, tables, codes."""

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from devices.camera.training.cuts import PITCH, TALL, cuts
from devices.camera.training.printing import Ink, ink_of
from devices.camera.training.spoil import Floats
from devices.documents.drawing.fonts import Face, font
from devices.documents.mrz.checkdigit import ALPHABET

_WORDS = 320
_SCRIPTS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789 ./-<",
    "abcdefghijklmnopqrstuvwxyz ",
    "0123456789 ./-",
    "абвгдежзиклмнопрстуфхцчшщыэюяАБВГДЕЖЗ ",
    "αβγδεζηθικλμνξοπρστυφχψω ",
    "中华人民共和国护照居留证姓名性别出生日期签发机关有效至号码类型",
    "日本国旅券かなカナ대한민국여권성명",
)


def clutter(picture: Floats, rng: np.random.Generator) -> None:
    """Put a portrait, fields, texts, bars and blots on the page."""
    height, width = picture.shape
    if height < 40:
        return
    if rng.random() < 0.7:
        tall = int(height * rng.uniform(0.4, 0.85))
        wide = min(int(tall * 0.78), width - 2)
        top, left = int(rng.integers(0, height - tall)), int(rng.integers(0, max(1, width - wide)))
        portrait(picture[top : top + tall, left : left + wide], rng)
    if rng.random() < 0.6:
        _fields(picture, rng)
    for _ in range(int(rng.integers(0, 20 if rng.random() < 0.5 else 5))):
        size = rng.uniform(0.35, 1.1) if rng.random() < 0.9 else rng.uniform(1.1, 2.5)
        paste(picture, _scaled(_word(rng), size), rng, rng.uniform(0, 0.5))
    if rng.random() < 0.15:  # lines of OCR-B that are no zone
        ink = ocr_words(rng, int(rng.integers(6, 24)))
        paste(picture, _scaled(ink, rng.uniform(0.4, 0.8)), rng, 0.1)
    if rng.random() < 0.2:
        bars = (rng.random((1, int(rng.integers(30, 120)))) < 0.5).astype(np.float32)
        tall = int(rng.integers(16, 60))
        paste(picture, _resized(bars, (bars.shape[1] * 2, tall), cv2.INTER_NEAREST), rng, 0.1)
    if rng.random() < 0.15:
        dots = (rng.random((25, int(rng.choice([25, 60])))) < 0.5).astype(np.float32)
        area = (dots.shape[1] * 3, dots.shape[0] * 3)
        paste(picture, _resized(dots, area, cv2.INTER_NEAREST), rng, 0.1)
    if rng.random() < 0.12:
        _perforation(picture, rng)
    if rng.random() < 0.1:
        _rules(picture, rng)


def sheet(picture: Floats, rng: np.random.Generator) -> None:
    """Make the page a letter, a table, a receipt, a form: rows of text at one distance."""
    height, width = picture.shape
    size, step = rng.uniform(0.35, 1.0), rng.uniform(1.05, 2.4)
    ocr_b, table = rng.random() < 0.4, rng.random() < 0.3
    dark = rng.uniform(0, 0.4)
    tabs = np.sort(rng.uniform(0.02, 0.8, 4)) * width
    y, left = rng.uniform(4, 40), rng.uniform(2, 0.2 * width)
    while y < height - 20:
        if rng.random() < 0.15:  # a paragraph's end
            y += TALL * size * step
        elif ocr_b and rng.random() < 0.7:
            ink = _scaled(ocr_words(rng, int(rng.integers(4, 46))), size * 0.8)
            paste(picture, ink, rng, dark, (y, left))
        elif table:
            for tab in tabs:
                paste(picture, _scaled(_word(rng), size * 0.7), rng, dark, (y, tab))
        else:
            x = left
            while x < width * rng.uniform(0.6, 0.98):
                ink = _scaled(_word(rng), size)
                paste(picture, ink, rng, dark, (y, x))
                x += ink.shape[1] + 6
        y += 20 * size * step
    if rng.random() < 0.4:
        _rules(picture, rng)


def portrait(part: Floats, rng: np.random.Generator) -> None:
    """Fill a part with somebody's head and shoulders."""
    height, width = part.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    part[:] = rng.uniform(0.4, 0.95)
    part[(x / 0.9) ** 2 + ((y - 1.1) / 0.6) ** 2 < 1] = rng.uniform(0.05, 0.7)
    part[(x / 0.55) ** 2 + ((y + 0.15) / 0.65) ** 2 < 1] = rng.uniform(0.05, 0.5)
    part[(x / 0.42) ** 2 + ((y + 0.05) / 0.52) ** 2 < 1] = rng.uniform(0.35, 0.85)
    part[((np.abs(x) - 0.18) / 0.08) ** 2 + ((y + 0.1) / 0.05) ** 2 < 1] = 0.15


def ocr_words(rng: np.random.Generator, count: int) -> Ink:
    """Return ink of words and numbers in OCR-B, as fields and payment slips have them."""
    glyphs = cuts(1)[int(rng.integers(len(cuts(1))))]
    source = (ALPHABET[:10], ALPHABET[10:36], ALPHABET[:36])[int(rng.integers(3))]
    text = "".join(source[i] for i in rng.integers(0, len(source), count))
    ink = ink_of(text, glyphs, rng)
    at = int(rng.integers(2, 12))
    while at < count:  # gaps between the words
        ink[:, at * PITCH : (at + 1) * PITCH] = 0
        at += int(rng.integers(2, 14))
    return ink


def paste(
    picture: Floats,
    ink: Ink,
    rng: np.random.Generator,
    dark: float,
    at: tuple[float, float] | None = None,
) -> None:
    """Print ink at a place (y, x), or anywhere; what does not fit is cut off."""
    height, width = picture.shape
    tall, wide = min(ink.shape[0], height), min(ink.shape[1], width)
    if at is None:
        top, left = int(rng.integers(0, height - tall + 1)), int(rng.integers(0, width - wide + 1))
    else:
        top, left = max(0, int(at[0])), max(0, int(at[1]))
    part = picture[top : top + tall, left : left + wide]
    cover = ink[: part.shape[0], : part.shape[1]] * rng.uniform(0.4, 1)
    part *= 1 - cover
    part += dark * cover


def _fields(picture: Floats, rng: np.random.Generator) -> None:
    """Captions with their values below, in one or two columns, and a heading."""
    height, width = picture.shape
    small, large = rng.uniform(0.3, 0.55), rng.uniform(0.5, 1.0)
    ocr_b = rng.random() < 0.25
    dark = rng.uniform(0, 0.4)
    if rng.random() < 0.6:
        ink = _scaled(_word(rng), rng.uniform(1.0, 2.2))
        paste(picture, ink, rng, dark, (rng.uniform(0, 12), rng.uniform(0, 0.5) * width))
    for _ in range(int(rng.integers(1, 3))):
        x, y = rng.uniform(0, 0.75) * width, rng.uniform(0.05, 0.35) * height
        step = rng.uniform(1.0, 1.6) * 20 * (small + large)
        while y < height - 30:
            paste(picture, _scaled(_word(rng), small), rng, dark + 0.2, (y, x))
            value = ocr_words(rng, int(rng.integers(3, 14))) if ocr_b else _word(rng)
            value = _scaled(value, large * (0.6 if ocr_b else 1))
            paste(picture, value, rng, dark, (y + 18 * small + 2, x))
            y += step


def _perforation(picture: Floats, rng: np.random.Generator) -> None:
    """A number of punched holes."""
    dot = int(rng.integers(3, 6))
    holes = np.zeros((7 * dot, 6 * dot * int(rng.integers(6, 10))), np.float32)
    for row, column in np.argwhere(rng.random((7, holes.shape[1] // dot)) < 0.45):
        at = (int((column + 0.5) * dot), int((row + 0.5) * dot))
        if column % 6 < 5:
            cv2.circle(holes, at, max(1, dot // 2 - 1), 1.0, -1)
    if rng.random() < 0.3:
        holes = np.ascontiguousarray(holes.T)
    paste(picture, holes, rng, float(rng.choice([rng.uniform(0, 0.3), rng.uniform(0.8, 1)])))


def _rules(picture: Floats, rng: np.random.Generator) -> None:
    """Lines of a table or a form."""
    height, width = picture.shape
    shade = float(rng.uniform(0, 0.6))
    step = rng.uniform(14, 60)
    for y in np.arange(rng.uniform(0, step), height, step):
        cv2.line(picture, (0, int(y)), (width, int(y)), shade, 1)
    for x in rng.uniform(0, width, int(rng.integers(0, 5))):
        cv2.line(picture, (int(x), 0), (int(x), height), shade, 1)


def _word(rng: np.random.Generator) -> Ink:
    return _words()[int(rng.integers(_WORDS))]


def _scaled(ink: Ink, factor: float) -> Ink:
    size = (max(2, round(ink.shape[1] * factor)), max(2, round(ink.shape[0] * factor)))
    return _resized(ink, size, cv2.INTER_AREA)


def _resized(ink: Ink, size: tuple[int, int], way: int) -> Ink:
    return np.asarray(cv2.resize(ink, size, interpolation=way), np.float32)


@cache
def _words() -> tuple[NDArray[np.float32], ...]:
    """Return ink of short texts in many sizes, faces and scripts."""
    rng = np.random.default_rng(7)
    faces = (Face.SANS, Face.BOLD, Face.SIGNATURE, Face.OCR_B)
    out = []
    for _ in range(_WORDS):
        number = int(rng.integers(len(_SCRIPTS)))
        face = Face.CHINESE if number >= 7 else faces[int(rng.integers(4 if number < 5 else 3))]
        source = _SCRIPTS[number]
        text = "".join(source[i] for i in rng.integers(0, len(source), rng.integers(2, 34)))
        letters: Any = font(face, float(rng.integers(11, 26)))
        left, top, right, bottom = (int(v) for v in letters.getbbox(text))
        image = Image.new("L", (max(4, right - left + 2), max(4, bottom - top + 2)))
        ImageDraw.Draw(image).text((1 - left, 1 - top), text, 255, letters)
        out.append(np.asarray(np.asarray(image, np.float32) / 255, np.float32))
    return tuple(out)
