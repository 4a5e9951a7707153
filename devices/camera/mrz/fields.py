"""Doubts by field: which data elements are not certain, and what else a number may be."""

from itertools import product
from math import prod

import numpy as np

from devices.camera.mrz.decode import DOUBTFUL, Scores
from devices.camera.mrz.sighting import MrzSighting
from devices.documents.mrz import Field, check_digit
from devices.documents.mrz.checkdigit import ALPHABET, FILLER
from devices.documents.mrz.layout import LAYOUTS, Layout, Span

_MOST_NUMBERS = 4
_MOST_TRIALS = 1024


def doubtful_fields(sighting: MrzSighting) -> frozenset[Field]:
    """Return the fields that have a doubtful character or break a rule, check digits included."""
    if sighting.format is None:
        return frozenset()
    layout = LAYOUTS[sighting.format]
    doubts = sighting.doubts.reshape(layout.line_count, layout.line_length)

    def doubtful(span: Span) -> bool:
        return bool(doubts[span.line, span.start : span.end].any())

    fields = dict(layout.fields)
    spans = [*layout.check_digits.items()]
    if (rest := _rest(layout, sighting.lines)) is not None:
        spans.append((Field.DOCUMENT_NUMBER, rest))
        optional = fields[Field.OPTIONAL_DATA]
        fields[Field.OPTIONAL_DATA] = Span(optional.line, rest.end, optional.end)
    spans += fields.items()
    broken = {error.field for error in sighting.inspection.errors}
    return frozenset({field for field, span in spans if doubtful(span)} | broken)


def doubtful_identifiers(sighting: MrzSighting) -> tuple[bool, bool]:
    """Return whether the primary and the secondary identifier have a doubtful character."""
    if sighting.format is None:
        return False, False
    layout = LAYOUTS[sighting.format]
    span = layout.fields[Field.NAME]
    doubts = sighting.doubts.reshape(layout.line_count, -1)[span.line, span.start : span.end]
    primary = span.of(sighting.lines).partition(FILLER * 2)[0]
    border = len(primary) + 1
    return bool(doubts[:border].any()), bool(doubts[border:].any())


def possible_numbers(sighting: MrzSighting) -> tuple[str, ...]:
    """Return what else the document number may be, the likeliest first.

    Those are the numbers of characters that look about as likely and that fit the check digit.
    There are none when everything is clear, nor when nearly nothing is.
    """
    if sighting.format is None:
        return ()
    layout = LAYOUTS[sighting.format]
    digit = layout.check_digits[Field.DOCUMENT_NUMBER]
    spans = (layout.fields[Field.DOCUMENT_NUMBER], _rest(layout, sighting.lines) or digit)
    starts = (span.line * layout.line_length for span in spans)
    places = [
        start + place
        for start, span in zip(starts, spans, strict=True)
        for place in range(span.start, span.end)
    ]
    text = "".join(span.of(sighting.lines) for span in spans)
    fitting = (t for t in _likely(sighting.scores[places]) if check_digit(t[:-1]) == t[-1])
    numbers = dict.fromkeys(t[:-1].rstrip(FILLER) for t in fitting if t[0] != FILLER)
    numbers.pop(text[:-1].rstrip(FILLER), None)
    return tuple(numbers)[:_MOST_NUMBERS]


def _likely(scores: Scores) -> list[str]:
    """Return every text without a clear mistake, the likeliest first; none when there are many."""
    costs = scores.max(axis=1, keepdims=True) - scores
    choices = [[(float(row[k]), ALPHABET[k]) for k in np.flatnonzero(row < DOUBTFUL)]
               for row in costs]  # fmt: skip
    if prod(map(len, choices)) > _MOST_TRIALS:
        return []
    trials = sorted(product(*choices), key=lambda trial: sum(cost for cost, _ in trial))
    return ["".join(character for _, character in trial) for trial in trials]


def _rest(layout: Layout, lines: tuple[str, ...]) -> Span | None:
    """Return where a long document number goes on, its check digit included."""
    if not layout.long_numbers or layout.check_digits[Field.DOCUMENT_NUMBER].of(lines) != FILLER:
        return None
    optional = layout.fields[Field.OPTIONAL_DATA]
    length = len(optional.of(lines).partition(FILLER)[0])
    return Span(optional.line, optional.start, optional.start + length) if length else None
