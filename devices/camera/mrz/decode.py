"""From what each cell may be to lines of text, by what a format allows at each place."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.classifier import Scores
from devices.documents.mrz import Field, Format
from devices.documents.mrz.checkdigit import ALPHABET, FILLER, check_digit
from devices.documents.mrz.layout import LAYOUTS

_DIGITS = "0123456789"
_LETTERS = ALPHABET[10:-1]
_CLASSES = {
    Field.DOCUMENT_CODE: ALPHABET,
    Field.ISSUING_STATE: _LETTERS + FILLER,
    Field.NAME: _LETTERS + FILLER,
    Field.DOCUMENT_NUMBER: ALPHABET,
    Field.NATIONALITY: _LETTERS + FILLER,
    Field.BIRTH_DATE: _DIGITS + FILLER,
    Field.SEX: "FMX" + FILLER,
    Field.EXPIRY_DATE: _DIGITS + FILLER,
    Field.OPTIONAL_DATA: ALPHABET,
    Field.OPTIONAL_DATA_2: ALPHABET,
}
"""What may stand in each field. Numbers may hold letters and digits at any place."""

Allowed = NDArray[np.bool_]


@cache
def allowed(format_: Format) -> Allowed:
    """Return which characters may stand where: lines one after the other, then the alphabet."""
    layout = LAYOUTS[format_]
    table = np.zeros((layout.line_count * layout.line_length, len(ALPHABET)), np.bool_)

    def allow(line: int, start: int, end: int, characters: str) -> None:
        at = slice(line * layout.line_length + start, line * layout.line_length + end)
        table[at] = [character in characters for character in ALPHABET]

    for field, span in layout.fields.items():
        allow(span.line, span.start, span.end, _CLASSES[field])
    for span in layout.check_digits.values():
        allow(span.line, span.start, span.end, _DIGITS + FILLER)
    first = layout.fields[Field.DOCUMENT_CODE]
    allow(first.line, first.start, first.start + 1, _LETTERS)
    return table


@cache
def _unchecked(format_: Format) -> Allowed:
    """Return which places no check digit covers, above all those of the name."""
    layout = LAYOUTS[format_]
    without = np.ones(layout.line_count * layout.line_length, np.bool_)
    covered = [layout.fields[field] for field in layout.check_digits if field in layout.fields]
    for span in (*covered, *layout.check_digits.values(), *layout.composite):
        start = span.line * layout.line_length
        without[start + span.start : start + span.end] = False
    return without


_VALUES = np.array([int(check_digit(character + FILLER * 2)) for character in ALPHABET])
"""What each character adds to a check digit, times seven: 6 and G, 1 and L, < and K are alike."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and by how much (in log probability) its least certain character is."""

    lines: tuple[str, ...]
    margin: float
    """Better than any other that may stand there."""
    blind_margin: float
    """Better than any other of which no check digit would notice that it is wrong."""


def decode(scores: Scores, format_: Format) -> Decoded:
    """Return the likeliest text of a format."""
    length = LAYOUTS[format_].line_length
    masked = np.where(allowed(format_), scores, -np.inf)
    best = masked.argmax(axis=1)
    rows = np.arange(len(best))
    top = masked[rows, best]
    others = masked.copy()
    others[rows, best] = -np.inf
    unnoticed = _unchecked(format_)[:, None] | (_VALUES[best][:, None] == _VALUES[None, :])
    blind = np.where(unnoticed, others, -np.inf)
    text = "".join(ALPHABET[i] for i in best)
    return Decoded(
        tuple(text[i : i + length] for i in range(0, len(text), length)),
        float((top - others.max(axis=1)).min()),
        float((top - blind.max(axis=1)).min()),
    )


def formats(line_count: int, line_length: int) -> tuple[Format, ...]:
    """Return the formats of that shape."""
    return tuple(
        format_
        for format_, layout in LAYOUTS.items()
        if (layout.line_count, layout.line_length) == (line_count, line_length)
    )
