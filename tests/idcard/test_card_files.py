"""Card files: what they may say, and what is said when they are wrong."""

import json
from datetime import date
from pathlib import Path

import pytest

from devices.documents.identity import PartialDate
from devices.idcard.cards import Card2017, CardKind
from devices.idcard.virtual.card_files import CARDS, CardFileError, load, names, parse

GOOD = {
    "type": "I",
    "description": "for the reader of this file",
    "name": "DOE, JO",
    "sex": "<",
    "number": "UTO110190010109",
    "nationality": "UTO",
    "birth_date": "1990-01-01",
    "valid_from": "2020-02-03",
    "valid_until": "long-term",
}


def text(**changes: object) -> str:
    return json.dumps({k: v for k, v in {**GOOD, **changes}.items() if v is not ...})


def refusal(content: str) -> str:
    with pytest.raises(CardFileError) as refused:
        parse(content, source="card.json")
    return str(refused.value)


def test_a_card_file() -> None:
    card = parse(text(), source="card.json")
    assert isinstance(card, Card2017)
    assert card.birth_date == PartialDate(1990, 1, 1)
    assert (card.valid_from, card.valid_until) == (date(2020, 2, 3), None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1990-05", PartialDate(1990, 5)), ("1990", PartialDate(1990))],
)
def test_a_birth_date_may_be_known_in_part(value: str, expected: PartialDate) -> None:
    assert parse(text(birth_date=value), source="card.json").birth_date == expected


def test_a_wrong_check_digit_may_be_played() -> None:
    assert parse(text(number="UTO110190010100"), source="").number == "UTO110190010100"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "card.json: is not JSON"),
        ("[" * 100_000, "card.json: is not JSON"),
        ("[]", "card.json: should be a JSON object"),
        (text(type=...), "card.json: type: should be one of I, Y, J, citizen"),
        (text(type="K"), "card.json: type: should be one of I, Y, J, citizen"),
        (text(type=["I"]), "card.json: type: should be one of I, Y, J, citizen"),
        (text(sex="X"), "card.json: sex: "),
        (text(name=...), "card.json: name: "),
        (text(name=7), "card.json: name: "),
        (text(birth_date="1990-13-01"), "card.json: birth_date: "),
        (text(birth_date=1990), "card.json: birth_date: "),
        (text(valid_from="yesterday"), "card.json: valid_from: "),
        (text(name="A" * 61), "card.json: name is longer than 60 characters"),
        (text(colour="red"), "card.json: colour: there is no such key for type I"),
        (text(link="014"), "card.json: link: there is no such key for type I"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(content: str, message: str) -> None:
    assert refusal(content).startswith(message)


def test_all_wrong_keys_are_said_at_once() -> None:
    said = refusal(text(sex="X", colour="red", valid_from="never")).splitlines()
    assert [line.split(": ")[1] for line in said] == ["colour", "sex", "valid_from"]


def test_a_card_is_loaded_by_name_or_path() -> None:
    assert load("moreau-2017").encode() == load(CARDS / "moreau-2017.json").encode()


def test_a_card_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(text(), encoding="utf-8")
    assert load(str(path)).number == GOOD["number"]


@pytest.mark.parametrize("name", ["nobody", "/nowhere/card.json", ""])
def test_a_card_that_is_not_there_is_answered_with_those_that_are(name: str) -> None:
    with pytest.raises(CardFileError, match=r"no such card file; cards here: .*kowalska-2023"):
        load(name)


def test_cards_of_every_type_come_with_the_simulator() -> None:
    assert {load(name).KIND for name in names()} == set(CardKind)
