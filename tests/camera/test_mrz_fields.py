"""Doubts by field: which are not certain, and what a number may be instead."""

import pytest

from devices.camera.mrz.fields import doubtful_fields, doubtful_identifiers, possible_numbers
from devices.documents.mrz import Field
from tests.camera.zones import PASSPORT, scores, sighting

LONG = (
    "IDBEL592184730<6124<<<<<<<<<<<",
    "9904260F3207154BEL990426112844",
    "CLAES<<EMMA<LOUISE<<<<<<<<<<<<",
)


def test_a_clear_text_is_certain_in_every_field() -> None:
    clear = sighting(scores())
    assert clear.certain
    assert doubtful_fields(clear) == frozenset()
    assert possible_numbers(clear) == ()


@pytest.mark.parametrize(
    ("line", "position", "other", "field"),
    [
        (1, 2, "C", Field.DOCUMENT_CODE),
        (1, 9, "X", Field.NAME),
        (2, 2, "B", Field.DOCUMENT_NUMBER),
        (2, 10, "5", Field.DOCUMENT_NUMBER),
        (2, 14, "1", Field.BIRTH_DATE),
        (2, 21, "M", Field.SEX),
        (2, 25, "9", Field.EXPIRY_DATE),
        (2, 38, "K", Field.OPTIONAL_DATA),
        (2, 44, "1", Field.COMPOSITE),
    ],
)
def test_a_doubt_is_said_of_its_field(line: int, position: int, other: str, field: Field) -> None:
    doubtful = sighting(scores((line, position, other, 0.5)))
    assert doubtful.lines == PASSPORT
    assert not doubtful.certain
    assert doubtful_fields(doubtful) == {field}


def test_a_state_that_does_not_exist_is_no_doubt() -> None:
    assert sighting(scores((2, 12, "Y", 2.0))).certain, "UYO is no state"
    austria = (PASSPORT[0], PASSPORT[1].replace("UTO", "AUT", 1))
    doubtful = sighting(scores((2, 13, "S", 2.0), lines=austria))
    assert doubtful_fields(doubtful) == {Field.NATIONALITY}, "AUS is one"


@pytest.mark.parametrize(
    ("position", "certain"), [(26, False), (27, False), (28, True), (44, True)]
)
def test_a_letter_far_behind_the_name_is_no_doubt(position: int, certain: bool) -> None:
    """MARIAK and MARIA K are names, and nobody is called MARIA<<K."""
    assert sighting(scores((1, position, "K", 2.0))).certain is certain


def test_light_on_a_character_makes_its_field_doubtful() -> None:
    assert doubtful_fields(sighting(scores(), faded=(44 + 13,))) == {Field.BIRTH_DATE}


def test_a_field_that_breaks_a_rule_is_doubtful() -> None:
    wrong = sighting(scores(lines=(PASSPORT[0], PASSPORT[1][:-1] + "5")))
    assert not wrong.certain
    assert doubtful_fields(wrong) == {Field.COMPOSITE}


@pytest.mark.parametrize(
    ("position", "doubtful"),
    [(6, (True, False)), (14, (True, False)), (15, (False, True)), (22, (False, True))],
)
def test_names_are_told_apart(position: int, doubtful: tuple[bool, bool]) -> None:
    assert doubtful_identifiers(sighting(scores((1, position, "Q", 0.5)))) == doubtful


def test_the_rest_of_a_long_number_belongs_to_it() -> None:
    doubtful = sighting(scores((1, 17, "7", 0.5), lines=LONG), length=30)
    assert doubtful.lines == LONG
    assert doubtful_fields(doubtful) == {Field.DOCUMENT_NUMBER}


def test_numbers_that_fit_the_check_digit_as_well_are_named_the_likeliest_first() -> None:
    """J for 9 and D for 3 change no check digit, and D for 0 does."""
    number = sighting(scores((2, 3, "J", 1.0), (2, 6, "D", 0.7), (2, 9, "D", 0.8)))
    assert number.lines == PASSPORT
    assert possible_numbers(number) == ("L898902CD", "L8J8902C3", "L8J8902CD")


def test_only_a_few_numbers_are_named() -> None:
    many = scores(*((2, place, other, 0.1 * place) for place in range(3, 9) for other in "07"))
    assert len(possible_numbers(sighting(many))) == 4


def test_when_hardly_anything_is_clear_no_numbers_are_guessed() -> None:
    assert possible_numbers(sighting(scores(clear=1.0))) == ()


def test_long_numbers_have_others_too() -> None:
    both = scores((1, 7, "2", 0.5), (1, 17, "8", 0.6), lines=LONG)
    for number in possible_numbers(sighting(both, length=30)):
        assert len(number) == len("592184730612")
