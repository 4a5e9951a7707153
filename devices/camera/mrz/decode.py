"""From what each place may be to lines of text: the likeliest that hardly breaks any rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.rules import Lines, Mask, Rules
from devices.documents.mrz.checkdigit import ALPHABET, FILLER, check_digit
from devices.documents.states import lookup

Scores = NDArray[np.float32]
"""Log probabilities, a row for every character and a column for every letter of the alphabet."""

DOUBTFUL = 4.0
"""Margin (in log probability) below which a character may be another one."""

_PER_RULE = 4.0
"""Log probability that a broken rule costs: few documents are misprinted, and those are clear."""
_MOST_DOUBTS = 8
_MOST_CHANGES = 2
_VALUES = np.array([int(check_digit(character + FILLER * 2)) for character in ALPHABET])
"""What each character adds to a check digit, times seven: 6 and G, 1 and L, < and K are alike."""
_FILLER = ALPHABET.index(FILLER)


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Text, and by how much (in log probability) each character is better than any other."""

    lines: Lines
    margins: NDArray[np.float32]
    """Better than what else may stand there, for every place, lines one after the other. Below 0
    where the rules ask for another character than the picture shows."""
    blind_margins: NDArray[np.float32]
    """Better than what check digits, state codes and the shape of names would not tell, which is
    infinite where they tell everything."""


def decode(scores: Scores, rules: Rules, today: date) -> Decoded:
    """Return the likeliest text.

    A rule that is broken counts as much as a character that is seen clearly: where several
    characters are about as likely, those that fit check digits, dates, codes and the shape of
    names are taken. One that is clear in the picture is never changed, and no letter of a name
    becomes another letter. What is printed wrong is read as it is printed.
    """
    masked = np.where(rules.allowed, scores, -np.inf)
    best = masked.argmax(axis=1)

    def broken(characters: NDArray[np.intp]) -> float:
        return rules.broken(_lines(characters, rules), today)

    if broken(best):
        best = _mended(masked, best, rules, broken)
    rows = np.arange(len(best))
    top = masked[rows, best]
    others = masked.copy()
    others[rows, best] = -np.inf
    blind = np.where(_unnoticed(best, rules), others, -np.inf)
    return Decoded(
        _lines(best, rules),
        np.asarray(top - others.max(axis=1), np.float32),
        np.asarray(top - blind.max(axis=1), np.float32),
    )


def _lines(characters: NDArray[np.intp], rules: Rules) -> Lines:
    return rules.parted("".join(ALPHABET[i] for i in characters))


def _unnoticed(best: NDArray[np.intp], rules: Rules) -> Mask:
    """Return which characters could stand at each place and the text would hold as well.

    Check digits would notice the others, or no state has such a code, or no name such a shape.
    """
    unnoticed: Mask = rules.unchecked[:, None] | (_VALUES[best][:, None] == _VALUES[None, :])
    text = "".join(ALPHABET[i] for i in best)
    for places in rules.states:
        for place in places:
            before, after = text[places.start : place], text[place + 1 : places.stop]
            unnoticed[place] &= _of_a_state(before, after)
    usual = rules.oddities(rules.parted(text))
    for place in map(int, np.flatnonzero(rules.names & (best == _FILLER))):
        with_letter = text[:place] + "K" + text[place + 1 :]
        if rules.oddities(rules.parted(with_letter)) > usual:
            unnoticed[place] = False
    return unnoticed


@cache
def _of_a_state(before: str, after: str) -> Mask:
    """Return which characters make a state's code with those before and after them."""
    return np.array([lookup(before + character + after) is not None for character in ALPHABET])


def _mended(
    masked: Scores,
    best: NDArray[np.intp],
    rules: Rules,
    broken: Callable[[NDArray[np.intp]], float],
) -> NDArray[np.intp]:
    """Return the characters with the doubtful ones changed so that fewer rules are broken."""
    rows = np.arange(len(best))
    costs = masked[rows, best][:, None] - masked
    costs[rows, best] = np.inf
    letters = rules.names & (best != _FILLER)
    costs[letters, :_FILLER] = np.inf
    doubts = np.argwhere(costs < DOUBTFUL)
    order = np.argsort(costs[doubts[:, 0], doubts[:, 1]])[:_MOST_DOUBTS]
    changes = [(int(place), int(other)) for place, other in doubts[order]]
    least, mended = _PER_RULE * broken(best), best
    for count in range(1, _MOST_CHANGES + 1):
        for trial in combinations(changes, count):
            places = [place for place, _ in trial]
            cost = float(sum(costs[change] for change in trial))
            if len(set(places)) < count or cost >= least:
                continue
            changed = best.copy()
            changed[places] = [other for _, other in trial]
            total = cost + _PER_RULE * broken(changed)
            if total < least:
                least, mended = total, changed
    return mended
