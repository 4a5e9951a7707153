"""From the text of a card to the identity that it proves."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given

from devices.documents.identity import PartialDate, Sex, Source, Verdict
from devices.documents.states import lookup
from devices.idcard.cards import Card, Card2017, Card2023, CardKind
from devices.idcard.layout import CardTextError
from devices.idcard.reading import read_text
from devices.idcard.virtual.card_files import load, names
from tests.idcard.cards import cards, citizens, permits
from tests.idcard.test_cards import CARD_2017, CARD_2023


def test_the_identity_of_a_2017_card() -> None:
    reading = read_text(CARD_2017.encode())
    identity = reading.identity
    assert identity is not None
    assert not reading.wrong_card
    assert reading.kind is CardKind.PERMANENT_RESIDENT_2017
    assert (identity.source, identity.document_code) == (Source.ID_CARD, "I")
    assert (identity.issuing_state, identity.nationality) == ("CHN", "FRA")
    assert identity.numbers() == ("FRA110188051700",)
    assert (identity.primary_identifier, identity.secondary_identifier) == (
        "MOREAU",
        "CAMILLE ANNE",
    )
    assert (identity.birth_date, identity.sex) == (PartialDate(1988, 5, 17), Sex.FEMALE)
    assert identity.expiry_date == date(2029, 6, 2)


def test_the_identity_of_a_2023_card_has_both_numbers() -> None:
    reading = read_text(CARD_2023.encode())
    assert reading.kind is CardKind.PERMANENT_RESIDENT_2023
    assert reading.identity is not None
    assert reading.identity.document_code == "Y"
    assert reading.identity.numbers() == ("94460819580819008X", "PHL440158081947")
    assert reading.identity.expiry_date is None
    assert reading.identity.secondary_identifier == "MARIA CONCEPCION R"


def test_a_2023_card_without_link_has_one_number() -> None:
    reading = read_text(replace(CARD_2023, link="").encode())
    assert reading.identity is not None
    assert reading.identity.alternate_numbers == ()


def test_what_the_sam_has_proven_and_what_nobody_asked() -> None:
    identity = read_text(CARD_2017.encode()).identity
    assert identity is not None
    assert identity.proof.data_authentic is Verdict.YES
    assert identity.proof.chip_genuine is Verdict.YES
    assert identity.proof.signer_trusted is Verdict.UNKNOWN
    assert "SAM" in identity.proof.reasons[0]


@pytest.mark.parametrize("on_card", ["DEU", "D<<", "D"])
def test_a_german_has_the_code_of_travel_documents(on_card: str) -> None:
    identity = read_text(replace(CARD_2023, nationality=on_card).encode()).identity
    assert identity is not None
    assert identity.nationality == "D"


def test_a_name_without_comma_is_not_divided() -> None:
    identity = read_text(replace(CARD_2017, name="HADDAD").encode()).identity
    assert identity is not None
    assert (identity.primary_identifier, identity.secondary_identifier) == ("HADDAD", "")


@given(citizens | permits)
def test_of_the_wrong_card_nothing_but_its_type_is_kept(card: Card) -> None:
    reading = read_text(card.encode())
    assert reading.wrong_card
    assert (reading.kind, reading.identity) == (card.KIND, None)


@pytest.mark.parametrize("damage", [0, 36, 60, 120, 200])
def test_the_wrong_card_is_told_even_when_its_text_is_damaged(damage: int) -> None:
    text = bytearray(load("li-citizen").encode())
    text[damage : damage + 2] = b"\x00\xd8"
    assert read_text(text).kind is CardKind.CITIZEN


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (replace(CARD_2017, number="FRA110188051701"), "the card's number has a wrong check digit"),
        (replace(CARD_2023, number="944608195808190080"), "number has a wrong check character"),
        (replace(CARD_2023, number="1" * 18), "number is not a 9 followed by"),
        (replace(CARD_2017, number=""), "number is not three letters"),
        (replace(CARD_2017, nationality=""), "nationality is no code"),
        (replace(CARD_2017, nationality="F1A"), "nationality is no code"),
        (replace(CARD_2017, nationality="法国"), "nationality is no code"),
        (replace(CARD_2017, name=""), "name is blank"),
    ],
)
def test_what_cannot_be_true_is_refused(card: Card2017 | Card2023, message: str) -> None:
    with pytest.raises(CardTextError, match=message) as refused:
        read_text(card.encode())
    assert card.number == "" or card.number not in str(refused.value)


@given(cards)
def test_any_card_is_read_or_refused_but_nothing_else(card: Card) -> None:
    try:
        reading = read_text(card.encode())
    except CardTextError:
        assume(False)
    assert reading.kind is card.KIND


def test_the_cards_that_come_with_the_simulator_can_be_read_as_they_are_meant() -> None:
    for name in names():
        card = load(name)
        if name.startswith("wrong-check-digit"):
            with pytest.raises(CardTextError):
                read_text(card.encode())
            continue
        reading = read_text(card.encode())
        assert reading.wrong_card == (name in {"li-citizen", "chan-residence-permit"})
        if reading.identity is not None:
            assert lookup(reading.identity.nationality) is not None
