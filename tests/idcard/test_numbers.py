"""Card numbers: check characters, and the number that a holder had before."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from devices.idcard.numbers import (
    gb11643_check_character,
    number_2017_error,
    number_2017_of_2023,
    number_2023_error,
)

digits = st.text("0123456789", min_size=17, max_size=17)
bodies_2023 = st.builds("9{}".format, st.text("0123456789", min_size=16, max_size=16))


def with_check(body: str) -> str:
    return body + gb11643_check_character(body)


@pytest.mark.parametrize(
    ("number", "check"),
    [
        # GB 11643-1999, the examples of its annex
        ("11010519491231002", "X"),
        ("44052418800101001", "4"),
    ],
)
def test_the_check_characters_that_the_standard_gives(number: str, check: str) -> None:
    assert gb11643_check_character(number) == check


@pytest.mark.parametrize("number", ["", "1" * 16, "1" * 18, "1101051949123100X", "١" * 17])
def test_a_check_character_is_of_17_digits(number: str) -> None:
    with pytest.raises(ValueError, match="17 digits"):
        gb11643_check_character(number)


@given(bodies_2023, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: str, position: int, change: int) -> None:
    number = with_check(body)
    assert number_2023_error(number) is None
    wrong = str((int(number[position]) + change) % 10)
    assert number_2023_error(number[:position] + wrong + number[position + 1 :]) is not None


@given(bodies_2023, st.integers(0, 15))
def test_two_neighbours_changed_over_are_noticed(body: str, position: int) -> None:
    number = with_check(body)
    pair = number[position : position + 2]
    changed = number[:position] + pair[::-1] + number[position + 2 :]
    assert (number_2023_error(changed) is None) == (changed == number)


@pytest.mark.parametrize(
    "number",
    ["", "8" * 18, "91161619910228002", "9116161991022800240", "91161619910228002x", "９" * 18],
)
def test_what_is_no_number_of_2023(number: str) -> None:
    assert number_2023_error(number) == "is not a 9 followed by 16 digits and a check character"


def test_a_number_of_2017() -> None:
    # F is 15, R 27, A 10; then the digits 1 1 0 1 8 8 0 5 1 7 0; weights 7 3 1 over and over.
    letters = 15 * 7 + 27 * 3 + 10 * 1
    place_and_birth = 1 * 7 + 1 * 3 + 0 * 1 + 1 * 7 + 8 * 3 + 8 * 1 + 0 * 7 + 5 * 3 + 1 * 1 + 7 * 7
    assert (letters + place_and_birth + 0 * 3) % 10 == 0
    assert number_2017_error("FRA110188051700") is None


@pytest.mark.parametrize("check", "123456789")
def test_a_wrong_check_digit_of_2017(check: str) -> None:
    assert number_2017_error("FRA11018805170" + check) == "has a wrong check digit"


@pytest.mark.parametrize("number", ["", "FR110188051700", "FRA1101880517000", "fra110188051700"])
def test_what_is_no_number_of_2017(number: str) -> None:
    assert number_2017_error(number) == "is not three letters and twelve digits"


def test_the_earlier_number_is_put_together_from_the_card() -> None:
    number = with_check("91161619910228002")
    earlier = number_2017_of_2023(number, "POL", "014")
    assert earlier is not None
    assert earlier[:14] == "POL" + "11" + "01" + "910228" + "4"
    assert number_2017_error(earlier) is None


@given(bodies_2023, st.text("0123456789", min_size=3, max_size=3))
def test_every_earlier_number_has_a_right_check_digit(body: str, link: str) -> None:
    number = with_check(body)
    earlier = number_2017_of_2023(number, "UTO", link)
    assert earlier is not None
    assert number_2017_error(earlier) is None
    assert (earlier[3:5], earlier[5:7], earlier[7:13], earlier[13]) == (
        number[1:3],
        link[:2],
        number[8:14],
        link[2],
    )


def test_the_earlier_number_of_a_card_that_pads_the_state() -> None:
    earlier = number_2017_of_2023(with_check("93127619850704005"), "D<<", "012")
    assert earlier is not None
    assert earlier.startswith("D<<3101850704")
    assert number_2017_error(earlier) is None


@pytest.mark.parametrize(
    ("number", "state", "link"),
    [
        (with_check("91161619910228002"), "POL", ""),
        (with_check("91161619910228002"), "POL", "   "),
        (with_check("91161619910228002"), "POL", "01"),
        (with_check("91161619910228002"), "POL", "01X"),
        (with_check("91161619910228002"), "", "014"),
        (with_check("91161619910228002"), "P0L", "014"),
        ("91161619910228002" + "5", "POL", "014"),
    ],
)
def test_nothing_is_guessed_without_link_state_or_sound_number(
    number: str, state: str, link: str
) -> None:
    assert number_2017_of_2023(number, state, link) is None
