"""Decoding by position: what a place allows, what rules ask for, how sure a character is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.camera.mrz.decode import Decoded, Scores, decode
from devices.camera.mrz.rules import rules_for
from devices.documents.mrz import check_digit, inspect
from devices.documents.mrz.checkdigit import ALPHABET
from tests.camera.zones import CLEAR, PASSPORT, TODAY, scores


def decoded(table: Scores, lines: tuple[str, ...] = PASSPORT) -> Decoded:
    return decode(table, rules_for(lines[0][:5], len(lines), len(lines[0])), TODAY)


def test_clear_text_has_large_margins() -> None:
    clear = decoded(scores())
    assert clear.lines == PASSPORT
    assert clear.margins.min() == clear.blind_margins.min() == CLEAR


@pytest.mark.parametrize(
    ("line", "position", "other"),
    [
        (1, 2, "8"),  # a digit in a passport's code
        (1, 6, "3"),  # a digit in a name
        (1, 3, "1"),  # a digit in a state code
        (2, 14, "T"),  # a letter in a date
        (2, 10, "G"),  # a letter as check digit
        (2, 21, "E"),  # neither F nor M
    ],
)
def test_what_a_place_does_not_allow_does_not_count(line: int, position: int, other: str) -> None:
    seen = decoded(scores((line, position, other, -5.0)))
    assert seen.lines == PASSPORT
    assert seen.margins.min() == CLEAR


def test_letters_and_digits_of_a_number_are_never_exchanged_silently() -> None:
    seen = decoded(scores((2, 6, "O", 0.3)))
    assert seen.lines == PASSPORT
    assert seen.margins.min() == pytest.approx(0.3)
    assert seen.blind_margins.min() == CLEAR, "the check digit would notice an O for a 0"


@pytest.mark.parametrize(
    ("line", "position", "other"),
    [
        (1, 9, "X"),  # names have no check digit
        (2, 9, "D"),  # 13 for 3 makes the same check digit
        (2, 38, "K"),  # so does 20 for a filler
    ],
)
def test_what_no_check_digit_would_notice_is_told_apart(
    line: int, position: int, other: str
) -> None:
    seen = decoded(scores((line, position, other, 2.0)))
    assert seen.lines == PASSPORT
    assert seen.margins.min() == seen.blind_margins.min() == pytest.approx(2.0)


def test_check_digits_choose_between_close_characters_and_it_shows() -> None:
    close = scores((2, 3, "B", -0.4))  # the picture looks a little more like B than like 8
    assert not inspect([PASSPORT[0], PASSPORT[1].replace("898", "89B", 1)], today=TODAY).valid
    seen = decoded(close)
    assert seen.lines == PASSPORT
    assert seen.margins.min() == pytest.approx(-0.4)


def test_clear_characters_are_not_changed_for_a_check_digit() -> None:
    seen = decoded(scores((2, 3, "B", -12.0)))
    assert seen.lines[1].startswith("L8B8")


def test_no_letter_of_a_name_becomes_another_one_so_that_something_holds() -> None:
    seen = decoded(scores((1, 9, "X", -0.2), (2, 3, "B", -12.0)))
    assert seen.lines[0] == PASSPORT[0].replace("ERIK", "ERIX", 1)


def test_what_is_misprinted_is_read_as_printed() -> None:
    """Public specimens often have a wrong composite check digit."""
    wrong = (PASSPORT[0], PASSPORT[1][:-1] + "5")
    doubtful = scores((1, 9, "X", 0.5), (2, 38, "K", 1.0), (2, 6, "O", 2.0), lines=wrong)
    assert decoded(doubtful).lines == wrong


def test_a_wrong_check_digit_does_not_keep_another_one_from_helping() -> None:
    wrong = (PASSPORT[0], PASSPORT[1][:-1] + "5")
    assert decoded(scores((2, 14, "1", -0.5), lines=wrong)).lines == wrong


@pytest.mark.parametrize("letter", "KCSE")
@pytest.mark.parametrize("position", [28, 33, 44])
def test_a_filler_behind_a_name_that_looks_a_little_like_a_letter(
    letter: str, position: int
) -> None:
    seen = decoded(scores((1, position, letter, -1.5)))
    assert seen.lines == PASSPORT
    assert seen.margins.min() == pytest.approx(-1.5), "and it is not certain"


def test_a_clear_letter_behind_a_name_stays() -> None:
    odd = (PASSPORT[0][:30] + "K" + PASSPORT[0][31:], PASSPORT[1])
    assert decoded(scores(lines=odd)).lines == odd


def test_one_name_only_is_no_oddity() -> None:
    single = ("P<UTOERIKSSON<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", PASSPORT[1])
    assert decoded(scores((1, 15, "A", 0.1), lines=single)).lines == single


@pytest.mark.parametrize("margin", [2.6, 3.5])
def test_a_gap_in_one_name_of_two_words_that_is_seen_stays(margin: float) -> None:
    """Such names are rare, but not as rare as a wrong check digit."""
    single = ("P<UTOERIK<SON<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", PASSPORT[1])
    assert decoded(scores((1, 10, "K", margin), lines=single)).lines == single


def old_french(place: str, *, digits_hold: bool = True) -> tuple[str, str]:
    first = "IDFRA" + "BERTHIER".ljust(25, "<") + place
    number, birth = "880692310285", "651206"
    wrong = 0 if digits_hold else 5
    rest = number + str((int(check_digit(number)) + wrong) % 10) + "CORINNE".ljust(14, "<")
    rest += birth + check_digit(birth) + "F"
    return first, rest + check_digit(first + rest)


@pytest.mark.parametrize("digits_hold", [True, False])
def test_an_old_french_card_is_read_to_the_letter(digits_hold: bool) -> None:
    """Digits stand in its first line and names in its second, as in no format of Doc 9303."""
    lines = old_french("2A1007", digits_hold=digits_hold)
    assert decoded(scores(lines=lines), lines).lines == lines


def test_an_old_french_cards_own_check_digits_choose_between_close_characters() -> None:
    lines = old_french("692027")
    seen = decoded(scores((2, 3, "8", -0.5), (2, 14, "O", 3.0), lines=lines), lines)
    assert seen.lines == lines


@pytest.mark.parametrize(("position", "other"), [(1, "1"), (20, "7"), (43, "0")])
def test_every_place_has_its_own_margin(position: int, other: str) -> None:
    seen = decoded(scores((2, position, other, 1.5)))
    assert seen.margins.shape == seen.blind_margins.shape == (88,)
    assert set(np.flatnonzero(seen.margins < 10)) == {44 + position - 1}


@given(
    st.lists(
        st.tuples(
            st.integers(1, 2), st.integers(1, 44), st.sampled_from(ALPHABET), st.floats(4.5, 15)
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_seen_clearly_is_read(close: list[tuple[int, int, str, float]]) -> None:
    others = [c for c in close if PASSPORT[c[0] - 1][c[1] - 1] != c[2]]
    assert decoded(scores(*others)).lines == PASSPORT
