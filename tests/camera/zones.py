"""Zones as the recogniser might see them, without any picture."""

from datetime import date

import numpy as np

from devices.camera.mrz import MrzSighting
from devices.camera.mrz.decode import Scores
from devices.camera.mrz.sighting import text_of
from devices.documents.mrz.checkdigit import ALPHABET

TODAY = date(2026, 11, 21)
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CLEAR = 16.0
"""Margin of a character that is seen clearly."""


def scores(
    *close: tuple[int, int, str, float], lines: tuple[str, ...] = PASSPORT, clear: float = CLEAR
) -> Scores:
    """Lines seen clearly, but for (line, position from 1, other, margin over the other)."""
    text = "".join(lines)
    table = np.full((len(text), len(ALPHABET)), -clear, np.float32)
    for place, character in enumerate(text):
        table[place, ALPHABET.index(character)] = 0.0
    for line, position, other, margin in close:
        table[(line - 1) * len(lines[0]) + position - 1, ALPHABET.index(other)] = -margin
    return table


def sighting(table: Scores, *, length: int = 44, faded: tuple[int, ...] = ()) -> MrzSighting:
    """The sighting with these scores; ``faded`` are places through all lines."""
    spoiled = np.zeros(len(table), np.bool_)
    spoiled[list(faded)] = True
    return MrzSighting(
        text_of(table, length, TODAY), np.zeros((4, 2), np.float32), 20.0, 1.0, table, spoiled
    )


def noisy(table: Scores, seed: int, deviation: float = 0.3) -> Scores:
    """The same with a frame's noise on it."""
    noise = np.random.default_rng(seed).normal(0, deviation, table.shape)
    return np.asarray(table + noise, np.float32)
