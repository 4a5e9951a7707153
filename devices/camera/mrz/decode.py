"""From what each cell may be to lines of text, by what a format allows at each place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

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

Scores = NDArray[np.float32]
"""Log probabilities, a row for every character and a column for every letter of the alphabet."""
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


_DOUBTFUL = 4.0
"""Margin (in log probability) below which a character may be another one."""
_MOST_DOUBTS = 8
_MOST_CHANGES = 2


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Text, and by how much (in log probability) its least certain character is."""

    lines: tuple[str, ...]
    margins: NDArray[np.float32]
    """Better than any other that may stand there; below 0 where check digits ask for another
    character than the picture shows. A margin for every place, lines one after the other."""
    blind_margin: float
    """Better than any other of which no check digit would notice that it is wrong."""

    @property
    def margin(self) -> float:
        """The smallest of the margins."""
        return float(self.margins.min())


def decode(
    scores: Scores, format_: Format, holds: Callable[[tuple[str, ...]], bool] | None = None
) -> Decoded:
    """Return the likeliest text of a format, of those that hold when there is one.

    ``holds`` tells whether a text's check digits, dates and codes are right. Characters that are
    clear in the picture are never changed, and those of names not at all.
    """
    masked = np.where(allowed(format_), scores, -np.inf)
    best = masked.argmax(axis=1)
    if holds is not None and not holds(_text(best, format_)):
        best = _repaired(masked, best, format_, holds)
    rows = np.arange(len(best))
    top = masked[rows, best]
    others = masked.copy()
    others[rows, best] = -np.inf
    unnoticed = _unchecked(format_)[:, None] | (_VALUES[best][:, None] == _VALUES[None, :])
    blind = np.where(unnoticed, others, -np.inf)
    return Decoded(
        _text(best, format_),
        np.asarray(top - others.max(axis=1), np.float32),
        float((top - blind.max(axis=1)).min()),
    )


def _text(best: NDArray[np.intp], format_: Format) -> tuple[str, ...]:
    length = LAYOUTS[format_].line_length
    text = "".join(ALPHABET[i] for i in best)
    return tuple(text[i : i + length] for i in range(0, len(text), length))


def _repaired(
    masked: Scores,
    best: NDArray[np.intp],
    format_: Format,
    holds: Callable[[tuple[str, ...]], bool],
) -> NDArray[np.intp]:
    """Return the likeliest characters that hold, or the likeliest when none do."""
    rows = np.arange(len(best))
    costs = masked[rows, best][:, None] - masked
    costs[rows, best] = np.inf
    costs[_name(format_)] = np.inf
    doubts = np.argwhere(costs < _DOUBTFUL)
    order = np.argsort(costs[doubts[:, 0], doubts[:, 1]])[:_MOST_DOUBTS]
    changes = [(int(place), int(other)) for place, other in doubts[order]]
    trials = [
        trial
        for count in range(1, _MOST_CHANGES + 1)
        for trial in combinations(changes, count)
        if len({place for place, _ in trial}) == count
        and sum(costs[change] for change in trial) < _DOUBTFUL
    ]
    for trial in sorted(trials, key=lambda trial: sum(costs[change] for change in trial)):
        changed = best.copy()
        for place, other in trial:
            changed[place] = other
        if holds(_text(changed, format_)):
            return changed
    return best


@cache
def _name(format_: Format) -> NDArray[np.bool_]:
    """Return which places are the name's."""
    layout = LAYOUTS[format_]
    span = layout.fields[Field.NAME]
    places = np.zeros(layout.line_count * layout.line_length, np.bool_)
    start = span.line * layout.line_length
    places[start + span.start : start + span.end] = True
    return places


def formats(line_count: int, line_length: int) -> tuple[Format, ...]:
    """Return the formats of that shape."""
    return tuple(
        format_
        for format_, layout in LAYOUTS.items()
        if (layout.line_count, layout.line_length) == (line_count, line_length)
    )
