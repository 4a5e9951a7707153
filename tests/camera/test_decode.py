"""Decoding by position: what a place allows, and how sure a character is."""

from datetime import date

import numpy as np
import pytest

from devices.camera.mrz.decode import Scores, decode
from devices.documents.mrz import Format, inspect
from devices.documents.mrz.checkdigit import ALPHABET

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def seen(*close: tuple[int, int, str, float]) -> Scores:
    """Scores of the passport seen clearly, but for (line, position from 1, other, margin)."""
    text = "".join(PASSPORT)
    scores = np.full((len(text), len(ALPHABET)), -40.0, np.float32)
    for place, character in enumerate(text):
        scores[place, ALPHABET.index(character)] = 0.0
    for line, position, other, margin in close:
        scores[(line - 1) * 44 + position - 1, ALPHABET.index(other)] = -margin
    return scores


def test_clear_text_has_large_margins() -> None:
    decoded = decode(seen(), Format.TD3)
    assert decoded.lines == PASSPORT
    assert decoded.margin == decoded.blind_margin == 40.0


@pytest.mark.parametrize(
    ("line", "position", "other"),
    [
        (1, 6, "3"),  # a digit in a name
        (1, 3, "1"),  # a digit in a state code
        (2, 14, "T"),  # a letter in a date
        (2, 10, "G"),  # a letter as check digit
        (2, 21, "E"),  # neither F nor M
    ],
)
def test_what_a_place_does_not_allow_does_not_count(line: int, position: int, other: str) -> None:
    decoded = decode(seen((line, position, other, -5.0)), Format.TD3)
    assert decoded.lines == PASSPORT
    assert decoded.margin == 40.0


def test_letters_and_digits_of_a_number_are_never_exchanged_silently() -> None:
    decoded = decode(seen((2, 6, "O", 0.3)), Format.TD3)
    assert decoded.lines == PASSPORT
    assert decoded.margin == pytest.approx(0.3)
    assert decoded.blind_margin == 40.0, "the check digit would notice an O for a 0"


@pytest.mark.parametrize(
    ("line", "position", "other"),
    [
        (1, 9, "X"),  # names have no check digit
        (2, 9, "D"),  # 13 for 3 makes the same check digit
        (2, 38, "K"),  # so does 20 for a filler
    ],
)
def test_what_no_check_digit_would_notice_needs_more_certainty(
    line: int, position: int, other: str
) -> None:
    decoded = decode(seen((line, position, other, 2.0)), Format.TD3)
    assert decoded.lines == PASSPORT
    assert decoded.margin == decoded.blind_margin == pytest.approx(2.0)


def holds(lines: tuple[str, ...]) -> bool:
    return inspect(lines, today=date(2026, 11, 21)).valid


def test_check_digits_choose_between_close_characters_and_say_that_it_is_not_sure() -> None:
    close = seen((2, 3, "B", -0.4))  # the picture looks a little more like B than like 8
    assert not holds(decode(close, Format.TD3).lines)
    decoded = decode(close, Format.TD3, holds)
    assert decoded.lines == PASSPORT
    assert decoded.margin == pytest.approx(-0.4)


def test_clear_characters_are_not_changed_for_a_check_digit() -> None:
    altered = seen((2, 3, "B", -12.0))
    decoded = decode(altered, Format.TD3, holds)
    assert decoded.lines[1].startswith("L8B8")
    assert not holds(decoded.lines)


def test_names_are_not_changed_so_that_something_holds() -> None:
    scores = seen((1, 9, "X", -0.2), (2, 3, "B", -12.0))
    assert decode(scores, Format.TD3, holds).lines[0] == PASSPORT[0].replace("ERIK", "ERIX", 1)


@pytest.mark.parametrize(("position", "other"), [(1, "1"), (20, "T"), (43, "0")])
def test_every_place_has_its_own_margin(position: int, other: str) -> None:
    decoded = decode(seen((2, position, other, 1.5)), Format.TD3)
    assert decoded.margins.shape == (88,)
    doubtful = np.flatnonzero(decoded.margins < 10)
    assert set(doubtful) <= {44 + position - 1}
