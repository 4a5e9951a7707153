"""What each format lets stand where, and which of its rules a text breaks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from devices.documents.mrz import Field, Format, Reason, check_digit, inspect
from devices.documents.mrz.checkdigit import ALPHABET, FILLER
from devices.documents.mrz.layout import LAYOUTS, Span

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
_ODD = 0.6
"""What an odd name counts for, in broken rules: some people have but one name, of two words."""

Mask = NDArray[np.bool_]
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules of one format; places count through all lines."""

    length: int
    """Characters in a line."""
    allowed: Mask
    """What may stand at each place: a row for each, a column for every letter of the alphabet."""
    unchecked: Mask
    """Places that no check digit covers, above all those of the name."""
    names: Mask
    """Places of names, which have letters and fillers only."""
    states: tuple[range, ...]
    """Places of state codes, of which only some exist."""
    oddities: Callable[[Lines], int]
    """How often a name departs from the shape that nearly every name has."""
    broken: Callable[[Lines, date], float]
    """How many rules a text breaks on a day: check digits, dates, codes; odd names count less."""

    def parted(self, text: str) -> Lines:
        """Return the lines of a text in one piece."""
        return tuple(text[i : i + self.length] for i in range(0, len(text), self.length))


@cache
def rules_of(format_: Format) -> Rules:
    """Return the rules of a format (ICAO Doc 9303-4 to -7)."""
    layout = LAYOUTS[format_]
    shape = (layout.line_count, layout.line_length)
    classes = [(span, _CLASSES[field]) for field, span in layout.fields.items()]
    classes += [(span, _DIGITS + FILLER) for span in layout.check_digits.values()]
    if format_ is Format.TD3:  # cards have digits there too: C1 is an American one
        classes.append((layout.fields[Field.DOCUMENT_CODE], _LETTERS + FILLER))
    allowed = _allowed(shape, classes)
    covered = [layout.fields[field] for field in layout.check_digits if field in layout.fields]
    checked = _marked(shape, (*covered, *layout.check_digits.values(), *layout.composite))
    names = _marked(shape, (layout.fields[Field.NAME],))
    states = tuple(
        _places(layout.line_length, layout.fields[field])
        for field in (Field.ISSUING_STATE, Field.NATIONALITY)
    )

    def oddities(lines: Lines) -> int:
        return _oddities(layout.fields[Field.NAME].of(lines))

    def broken(lines: Lines, today: date) -> float:
        return _broken(lines, today) + _ODD * oddities(lines)

    return Rules(layout.line_length, allowed, ~checked, names, states, oddities, broken)


@cache
def old_french_rules() -> Rules:
    """Return the rules of the French identity card until 2021, which has a layout of its own.

    Two lines of 36 that begin with IDFRA: name (25), place of issue (6); year and month of issue,
    place and number (12 together), check digit, given names (14), birth date, check digit, sex,
    check digit of all. It is no format of Doc 9303, and is read only to the letter.
    """
    shape = (2, 36)
    letters, digits = _LETTERS + FILLER, _DIGITS
    names = (Span(0, 5, 30), Span(1, 13, 27))
    classes = [
        (Span(0, 0, 30), letters),
        (Span(0, 30, 36), ALPHABET),
        (Span(1, 0, 4), digits),
        (Span(1, 4, 12), ALPHABET),
        (Span(1, 12, 13), digits),
        (Span(1, 13, 27), letters),
        (Span(1, 27, 34), digits),
        (Span(1, 34, 35), "FM"),
        (Span(1, 35, 36), digits),
    ]
    allowed = _allowed(shape, classes)
    unchecked = np.zeros(72, np.bool_)  # the last digit covers everything
    return Rules(
        36, allowed, unchecked, _marked(shape, names), (), lambda _lines: 0, _broken_french
    )


def rules_for(start: str, count: int, length: int) -> Rules:
    """Return the rules of a text of ``count`` lines by its first five letters.

    Visas begin with V; there is no other way to tell them from passports and cards.
    """
    if (count, length) == (2, 36) and start == "IDFRA":
        return old_french_rules()
    visa = start.startswith("V")
    for format_, layout in LAYOUTS.items():
        if (layout.line_count, layout.line_length) != (count, length):
            continue
        if count != 2 or (layout.document_codes == "V") == visa:
            return rules_of(format_)
    raise ValueError(f"no format has {count} lines of {length} characters")


def _places(length: int, span: Span) -> range:
    return range(span.line * length + span.start, span.line * length + span.end)


def _marked(shape: tuple[int, int], spans: tuple[Span, ...]) -> Mask:
    marked = np.zeros(shape, np.bool_)
    for span in spans:
        marked[span.line, span.start : span.end] = True
    return marked.ravel()


def _allowed(shape: tuple[int, int], classes: list[tuple[Span, str]]) -> Mask:
    table = np.zeros((*shape, len(ALPHABET)), np.bool_)
    for span, characters in classes:
        table[span.line, span.start : span.end] = [c in characters for c in ALPHABET]
    table[0, 0] &= [c in _LETTERS for c in ALPHABET]
    return table.reshape(-1, len(ALPHABET))


def _broken(lines: Lines, today: date) -> int:
    inspection = inspect(lines, today=today)
    odd_code = any(
        remark.field is Field.DOCUMENT_CODE and remark.reason is Reason.CODE
        for remark in inspection.remarks
    )
    return len(inspection.errors) + odd_code


def _oddities(name: str) -> int:
    """Return how often a name departs from PRIMARY<IDENTIFIER<<SECONDARY<IDENTIFIER<<<<.

    That is the shape of nearly every name, but of no rule: letters after a run of fillers, words
    that nothing parts into the two identifiers.
    """
    text = name.rstrip(FILLER)
    _, parted, secondary = text.partition(FILLER * 2)
    runs = len(re.findall(FILLER + "{2,}", secondary)) + secondary.startswith(FILLER)
    return runs + (not parted and FILLER in text)


def _broken_french(lines: Lines, _today: date) -> int:
    first, second = lines
    covered = {12: second[:12], 33: second[27:33], 35: first + second[:35]}
    return sum(second[place] != check_digit(text) for place, text in covered.items())
