"""Data groups of a specimen document: what is printed on it, and pictures of nobody."""

import io
from datetime import date
from hashlib import sha256
from typing import Final

from PIL import Image, ImageDraw

from devices.chip.lds import dg2, dg7, dg11, dg12, dg16
from devices.chip.lds.dg11 import Dg11
from devices.chip.lds.dg12 import Dg12
from devices.chip.lds.dg16 import PersonToNotify
from devices.documents.drawing.portrait import portrait
from devices.documents.identity import PartialDate, Sex
from devices.documents.specimen import PrintedDocument

_COMMENT: Final = b"\xff\xfe"
_MAX_COMMENT: Final = 0xFFFF - 2
_COMMENT_HEADER: Final = 4
_QUALITIES: Final = (85, 60, 40, 20)
_SIGNATURE_SIZE: Final = (300, 90)


def build(number: int, document: PrintedDocument, *, portrait_bytes: int) -> bytes:
    """A data group that follows from what is printed.

    Args:
        number: 2, 7, 11, 12 or 16.
        document: what is printed.
        portrait_bytes: about how long the picture in DG2 is to be; a chip's reading time is mostly
            that of its pictures.
    """
    match number:
        case 2:
            return _face(document, portrait_bytes)
        case 7:
            return dg7.build([_signature(document)])
        case 11:
            return dg11.build(_personal_details(document))
        case 12:
            return dg12.build(Dg12(document.authority, document.issue_date))
        case 16:
            return dg16.build([PersonToNotify("EXAMPLE<<PERSON", document.issue_date)])
    raise ValueError(f"DG{number} does not follow from what is printed")


def _personal_details(document: PrintedDocument) -> Dg11:
    latin = "<<".join(
        part.replace(" ", "<")
        for part in (document.primary_identifier, document.secondary_identifier)
        if part
    )
    return Dg11(
        full_name=document.name_in_national_characters.replace(" ", "<<") or latin,
        personal_number=document.optional_data.rstrip("<"),
        birth_date=_whole_date(document.birth_date),
        place_of_birth=(document.place_of_birth,) if document.place_of_birth else (),
    )


def _whole_date(partial: PartialDate) -> date | None:
    if partial.year is None or partial.month is None or partial.day is None:
        return None
    return date(partial.year, partial.month, partial.day)


def _face(document: PrintedDocument, length: int) -> bytes:
    # the same seed as the drawing of the document has, so that chip and print show one person
    seed = int.from_bytes(sha256(document.number.encode()).digest()[:4])
    picture = portrait(seed, long_hair=document.sex is Sex.FEMALE)
    jpeg = _jpeg_within(picture, length)
    return dg2.build(_padded(jpeg, length), width=picture.width, height=picture.height)


def _signature(document: PrintedDocument) -> bytes:
    """A line that swings as the letters of the name go."""
    width, height = _SIGNATURE_SIZE
    picture = Image.new("L", _SIGNATURE_SIZE, 255)
    name = document.primary_identifier
    step = width / (len(name) + 1)
    points = [
        (step * (index + 0.5), height * (0.2 + 0.6 * (ord(letter) % 7) / 6))
        for index, letter in enumerate(name)
    ]
    ImageDraw.Draw(picture).line([(2.0, height / 2), *points], fill=0, width=3, joint="curve")
    return _jpeg(picture)


def _jpeg_within(picture: Image.Image, length: int) -> bytes:
    """The best quality that is not longer than asked, or else the worst."""
    for quality in _QUALITIES:
        jpeg = _jpeg(picture, quality)
        if len(jpeg) <= length:
            return jpeg
    return _jpeg(picture, _QUALITIES[-1])


def _jpeg(picture: Image.Image, quality: int = 80) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _padded(jpeg: bytes, length: int) -> bytes:
    """A JPEG made longer by comments (ISO/IEC 10918-1, section B.2.4.5)."""
    comments = b""
    missing = length - len(jpeg)
    while missing > _COMMENT_HEADER:
        text = min(missing - _COMMENT_HEADER, _MAX_COMMENT)
        comments += _COMMENT + (text + 2).to_bytes(2, "big") + bytes(text)
        missing -= text + _COMMENT_HEADER
    return jpeg[:2] + comments + jpeg[2:]
