"""Specimen documents as pictures: data pages, visa stickers, both sides of cards."""

import hashlib
import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from PIL import Image

from devices.documents.drawing.background import guilloche, leather
from devices.documents.drawing.fonts import Face
from devices.documents.drawing.picture import Box, Canvas, Colour, Drawing
from devices.documents.drawing.portrait import portrait
from devices.documents.identity import PartialDate, Sex
from devices.documents.specimen import PrintedDocument
from devices.documents.specimen_zone import zone_lines
from devices.documents.states import lookup

_INK: Colour = (28, 28, 34)
_LABEL: Colour = (96, 104, 120)
_STAMP: Colour = (196, 30, 40)
_TINTS: tuple[Colour, ...] = (
    (120, 160, 190),
    (190, 140, 150),
    (130, 175, 140),
    (180, 160, 110),
    (150, 140, 190),
    (110, 170, 170),
)
_LEATHERS: tuple[Colour, ...] = ((96, 26, 36), (24, 44, 84), (22, 70, 52), (40, 40, 48))
_GOLD: Colour = (206, 176, 96)
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

ZONE_MM = 23.2
"""Height of the machine readable zone of every format (ICAO Doc 9303-3, section 4.1)."""
PITCH_MM = 2.54
"""Width of a character: ten to the inch (Doc 9303-3, section 4.1)."""
LINE_MM = 6.35
"""From line to line."""
_LETTER_MM = 2.4
"""Height of a character."""
_OCR_B_ADVANCE = 0.723
"""Width of an OCR-B character, in font sizes."""


class Side(StrEnum):
    """Which side of the document lies under the camera."""

    FRONT = "front"
    """Data page, sticker, or the side of a card with the portrait."""
    BACK = "back"
    """Cover of a passport, back of a card."""


@dataclass(frozen=True, slots=True)
class _Size:
    width: float
    height: float
    corner: float


_SIZES = {
    "TD1": _Size(85.6, 53.98, 3.2),
    "TD2": _Size(105.0, 74.0, 3.2),
    "TD3": _Size(125.0, 88.0, 3.2),
    "MRV-A": _Size(120.0, 80.0, 0.0),
    "MRV-B": _Size(105.0, 74.0, 0.0),
}


def mrz_side(document: PrintedDocument) -> Side:
    """Return the side that carries the machine readable zone."""
    return Side.BACK if document.format == "TD1" else Side.FRONT


def draw_document(
    document: PrintedDocument,
    side: Side | None = None,
    *,
    pixels_per_mm: float = 10.0,
    chip: bool = False,
) -> Drawing:
    """Draw one side; None: the one with the machine readable zone.

    ``chip`` adds the symbol of a document with a chip. Raises FontMissing.
    """
    side = side or mrz_side(document)
    size = _SIZES[document.format]
    width, height = round(size.width * pixels_per_mm), round(size.height * pixels_per_mm)
    digest = hashlib.sha256(f"{document.issuing_state}{document.format}".encode()).digest()
    tint = _TINTS[digest[0] % len(_TINTS)]
    if document.format == "TD3" and side is Side.BACK:
        return _cover(document, size, pixels_per_mm, digest, chip=chip)
    background = guilloche(width, height, pixels_per_mm, tint, int.from_bytes(digest[1:5]))
    with_zone = side is mrz_side(document)
    if with_zone:
        top = height - round(ZONE_MM * pixels_per_mm)
        background[top:] = 255 - (255 - background[top:].astype("u2")) * 2 // 3
    canvas = Canvas(background, pixels_per_mm)
    if side is Side.FRONT:
        _data(canvas, document, size, chip=chip, bottom=ZONE_MM if with_zone else 2.0)
    else:
        _reverse(canvas, document, size)
    if with_zone:
        _zone(canvas, zone_lines(document), size)
    return canvas.drawing(size.corner)


def _zone(canvas: Canvas, lines: tuple[str, ...], size: _Size) -> None:
    left = (size.width - len(lines[0]) * PITCH_MM) / 2
    margin = (ZONE_MM - (len(lines) - 1) * LINE_MM - _LETTER_MM) / 2
    for row, line in enumerate(reversed(lines)):
        baseline = size.height - margin - row * LINE_MM
        for column, character in enumerate(line):
            canvas.text(
                (left + column * PITCH_MM, baseline),
                character,
                PITCH_MM / _OCR_B_ADVANCE,
                _INK,
                face=Face.OCR_B,
            )


def _data(
    canvas: Canvas, document: PrintedDocument, size: _Size, *, chip: bool, bottom: float
) -> None:
    state = lookup(document.issuing_state)
    issuer = f"{state.chinese}  {state.english.upper()}" if state else document.issuing_state
    unit = size.width / 125  # everything is laid out for a passport and scaled
    canvas.text((6 * unit, 7.4 * unit), issuer, 4.6 * unit, _dark(document), face=Face.BOLD,
                width=70 * unit)  # fmt: skip
    canvas.text((size.width - 6 * unit, 7.4 * unit), document.title, 4.4 * unit, _dark(document),
                face=Face.BOLD, anchor="rs", width=44 * unit)  # fmt: skip
    canvas.line([(6 * unit, 9 * unit), (size.width - 6 * unit, 9 * unit)], _dark(document), 0.25)
    space = size.height - bottom - 11.5 * unit
    tall = min(45 * unit, space - 2 * unit)
    box = (6 * unit, 11.5 * unit, 6 * unit + tall * 35 / 45, 11.5 * unit + tall)
    seed = int.from_bytes(hashlib.sha256(document.number.encode()).digest()[:4])
    canvas.paste(portrait(seed, long_hair=document.sex is Sex.FEMALE), box)
    canvas.frame(box, _LABEL, 0.15)
    rows = _rows(document)
    left, right = box[2] + 5 * unit, size.width - 6 * unit
    step = min(space / len(rows), 8.2 * unit)
    column = (right - left) / 3
    for index, row in enumerate(rows):
        top = 11.5 * unit + index * step
        for place, (label, value, span) in enumerate(row):
            x = left + column * place
            width = column * span - 1.5 * unit
            canvas.text((x, top + 0.30 * step), label, 0.27 * step, _LABEL, width=width)
            canvas.text((x, top + 0.78 * step), value, 0.46 * step, _INK, face=Face.BOLD,
                        width=width)  # fmt: skip
    if chip:
        _chip_symbol(canvas, right - 9 * unit, 11.5 * unit + 4.15 * step, unit, _dark(document))
    middle = ((left + right) / 2, 11.5 * unit + space / 2)
    canvas.stamp("SPECIMEN 样本", middle, 11 * unit, _STAMP)


_Row = list[tuple[str, str, int]]


def _rows(document: PrintedDocument) -> list[_Row]:
    name = document.primary_identifier
    if document.name_in_national_characters:
        name = f"{document.name_in_national_characters}  {name}"
    nationality = lookup(document.nationality)
    rows: list[_Row] = [
        [
            ("Type / 类型", document.code, 1),
            ("Code / 国家码", document.issuing_state, 1),
            ("Number / 证件号码", document.number, 1),
        ],
        [("Surname / 姓", name, 3)],
        [("Given names / 名", document.secondary_identifier or "—", 3)],
        [
            ("Nationality / 国籍", nationality.english.upper() if nationality else "—", 1),
            ("Date of birth / 出生日期", _printed_date(document.birth_date), 1),
            ("Sex / 性别", "X" if document.sex is Sex.UNSPECIFIED else document.sex.value, 1),
        ],
        [
            ("Date of issue / 签发日期", _printed_date(document.issue_date), 1),
            ("Date of expiry / 有效期至", _printed_date(document.expiry_date), 1),
        ],
    ]
    if document.place_of_birth or document.authority:
        rows.append(
            [
                ("Place of birth / 出生地点", document.place_of_birth or "—", 1),
                ("Authority / 签发机关", document.authority or "—", 2),
            ]
        )
    if document.remarks:
        rows.append([("Remarks / 备注", "   ".join(document.remarks), 3)])
    return rows


def _reverse(canvas: Canvas, document: PrintedDocument, size: _Size) -> None:
    dark = _dark(document)
    if document.format != "TD1":
        canvas.stamp("SPECIMEN 样本", (size.width / 2, size.height / 2), 14, _STAMP)
        return
    canvas.text((5, 6), document.title, 3.2, dark, face=Face.BOLD, width=45)
    canvas.text((5, 11), "Authority / 签发机关", 1.9, _LABEL)
    canvas.text((5, 14.4), document.authority or "—", 2.7, _INK, face=Face.BOLD, width=45)
    canvas.text((5, 18.4), "Date of issue / 签发日期", 1.9, _LABEL)
    canvas.text((5, 21.8), _printed_date(document.issue_date), 2.7, _INK, face=Face.BOLD)
    if document.can:
        canvas.text((60, 11), "CAN", 1.9, _LABEL)
        canvas.text((60, 14.8), document.can, 3.2, _INK, face=Face.BOLD)
    canvas.stamp("SPECIMEN 样本", (size.width * 0.6, 14), 6, _STAMP)


def _cover(
    document: PrintedDocument, size: _Size, pixels_per_mm: float, digest: bytes, *, chip: bool
) -> Drawing:
    colour = _LEATHERS[digest[5] % len(_LEATHERS)]
    width, height = round(size.width * pixels_per_mm), round(size.height * pixels_per_mm)
    # a cover is upright: it is drawn so, and lies on its side under the camera
    cover = Canvas(leather(height, width, colour, digest[6]), pixels_per_mm)
    state = lookup(document.issuing_state)
    centre = size.height / 2
    name = state.english.upper() if state else document.issuing_state
    cover.text((centre, 22), name, 6, _GOLD, face=Face.BOLD, anchor="ms", width=76)
    cover.ellipse((centre - 17, 36, centre + 17, 70), _GOLD)
    cover.ellipse((centre - 15.8, 37.2, centre + 15.8, 68.8), colour)
    tips = [(math.sin(k * 0.8 * math.pi), -math.cos(k * 0.8 * math.pi)) for k in range(6)]
    cover.line([(centre + 13 * x, 53 + 13 * y) for x, y in tips], _GOLD, 0.9)
    cover.text((centre, 96), document.title, 7, _GOLD, face=Face.BOLD, anchor="ms", width=76)
    if chip:
        _chip_symbol(cover, centre - 6.5, 105, 1.3, _GOLD)
    cover.stamp("SPECIMEN 样本", (centre, 78), 9, (255, 255, 255))
    lying = cover.image.transpose(Image.Transpose.ROTATE_90)
    return Canvas(np.asarray(lying), pixels_per_mm).drawing(size.corner)


def _chip_symbol(canvas: Canvas, left: float, top: float, unit: float, colour: Colour) -> None:
    """Draw the sign of a document with a chip (ICAO Doc 9303-9, section 2.3)."""
    box: Box = (left, top, left + 9 * unit, top + 5.4 * unit)
    canvas.frame(box, colour, 0.5 * unit)
    middle = (top + box[3]) / 2
    canvas.line([(left, middle), (left + 2.4 * unit, middle)], colour, 0.5 * unit)
    canvas.line([(left + 6.6 * unit, middle), (box[2], middle)], colour, 0.5 * unit)
    radius = 1.5 * unit
    centre = left + 4.5 * unit
    canvas.ellipse((centre - radius, middle - radius, centre + radius, middle + radius), colour)


def _dark(document: PrintedDocument) -> Colour:
    return (120, 36, 50) if document.format.startswith("MRV") else (34, 60, 110)


def _printed_date(value: PartialDate | date) -> str:
    """Return a date as the visual zone has it (Doc 9303-3, section 3.8): XX for unknown parts."""
    day = "XX" if value.day is None else f"{value.day:02d}"
    month = "XXX" if value.month is None else _MONTHS[value.month - 1]
    year = "XXXX" if value.year is None else f"{value.year:04d}"
    return f"{day} {month} {year}"
