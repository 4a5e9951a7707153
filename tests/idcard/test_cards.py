"""The text of every type of card: offsets, both directions, damage."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from devices.documents.identity import PartialDate, Sex
from devices.idcard.cards import (
    LONG_TERM,
    Card,
    Card2017,
    Card2023,
    CardKind,
    CitizenCard,
    ResidencePermit,
    decode,
)
from devices.idcard.layout import TEXT_LENGTH, CardTextError, Layout
from tests.idcard.cards import cards, cards_2023

CARD_2017 = Card2017(
    name="MOREAU, CAMILLE ANNE",
    sex=Sex.FEMALE,
    number="FRA110188051700",
    nationality="FRA",
    birth_date=PartialDate(1988, 5, 17),
    valid_from=date(2019, 6, 3),
    valid_until=date(2029, 6, 2),
    chinese_name="莫卡米",
    version="01",
    authority="1100",
)
CARD_2023 = Card2023(
    name="DELOS SANTOS VILLANUEVA, MARIA CONCEPCION R",
    sex=Sex.FEMALE,
    number="94460819580819008X",
    nationality="PHL",
    birth_date=PartialDate(1958, 8, 19),
    valid_from=date(2023, 12, 1),
    valid_until=None,
    chinese_name="桑示例",
    renewals="02",
    link="014",
)


def at(text: bytes, offset: int, length: int) -> str:
    return text[offset : offset + length].decode("utf-16-le")


def test_every_field_of_the_2017_card_stands_at_its_offset() -> None:
    text = CARD_2017.encode()
    assert at(text, 0, 120) == "MOREAU, CAMILLE ANNE".ljust(60)
    assert at(text, 120, 2) == "2"
    assert at(text, 122, 30) == "FRA110188051700"
    assert at(text, 152, 6) == "FRA"
    assert at(text, 158, 30) == "莫卡米".ljust(15)
    assert at(text, 188, 16) == "20190603"
    assert at(text, 204, 16) == "20290602"
    assert at(text, 220, 16) == "19880517"
    assert at(text, 236, 4) == "01"
    assert at(text, 240, 8) == "1100"
    assert at(text, 248, 2) == "I"
    assert at(text, 250, 6) == "   "


def test_every_field_of_the_2023_card_stands_at_its_offset() -> None:
    text = CARD_2023.encode()
    assert at(text, 0, 30) == "桑示例".ljust(15)
    assert at(text, 30, 2) == "2"
    assert at(text, 32, 4) == "02"
    assert at(text, 36, 16) == "19580819"
    assert at(text, 52, 70) == "DELOS SANTOS VILLANUEVA, MARIA CONC"
    assert at(text, 122, 36) == "94460819580819008X"
    assert at(text, 158, 30) == " " * 15
    assert at(text, 188, 16) == "20231201"
    assert at(text, 204, 16) == "长期".ljust(8)
    assert at(text, 220, 22) == "EPCION R".ljust(11)
    assert at(text, 242, 6) == "PHL"
    assert at(text, 248, 2) == "Y"
    assert at(text, 250, 6) == "014"


def test_every_field_of_a_citizens_card_stands_at_its_offset() -> None:
    card = CitizenCard(
        name="李样本",
        sex=Sex.MALE,
        number="000000198512240029",
        birth_date=PartialDate(1985, 12, 24),
        valid_from=date(2016, 2, 2),
        valid_until=date(2036, 2, 2),
        nation="11",
        address="示例路2号",
        authority="示例县公安局",
    )
    text = card.encode()
    assert at(text, 0, 30) == "李样本".ljust(15)
    assert (at(text, 30, 2), at(text, 32, 4)) == ("1", "11")
    assert at(text, 36, 16) == "19851224"
    assert at(text, 52, 70) == "示例路2号".ljust(35)
    assert at(text, 122, 36) == "000000198512240029"
    assert at(text, 158, 30) == "示例县公安局".ljust(15)
    assert (at(text, 188, 16), at(text, 204, 16)) == ("20160202", "20360202")
    assert at(text, 220, 36) == " " * 18


def test_what_a_residence_permit_has_beyond_a_citizens_card() -> None:
    text = ResidencePermit(
        name="陈示例",
        sex=Sex.MALE,
        number="810000199003070015",
        birth_date=PartialDate(1990, 3, 7),
        valid_from=date(2022, 4, 1),
        valid_until=date(2027, 4, 1),
        pass_number="H00000000",
        issues="03",
    ).encode()
    assert at(text, 220, 18) == "H00000000"
    assert at(text, 238, 4) == "03"
    assert at(text, 248, 2) == "J"


@given(cards)
def test_every_card_is_decoded_as_it_was_encoded(card: Card) -> None:
    text = card.encode()
    assert len(text) == TEXT_LENGTH
    assert CardKind.of(text) is card.KIND
    assert decode(text) == card


@given(cards)
def test_a_text_padded_with_nul_is_the_same(card: Card) -> None:
    text = card.encode().decode("utf-16-le")
    assert decode(text.rstrip().ljust(128, "\0").encode("utf-16-le")) == card


@given(cards_2023)
def test_a_long_name_is_joined_from_both_fields(card: Card2023) -> None:
    text = card.encode()
    assert at(text, 52, 70) + at(text, 220, 22) == card.name.ljust(46)


def test_a_space_between_the_two_fields_of_a_name_is_kept() -> None:
    first = "A" * 34 + " "
    assert len(first) == Card2023.NAME_LENGTH
    text = Card2023.LAYOUT.join(
        Card2023.LAYOUT.split(CARD_2023.encode()) | {"name": first, "name_rest": "BBB"}
    )
    assert Card2023.decode(text).name == "A" * 34 + " BBB"


def test_a_card_is_not_shown_by_repr() -> None:
    for word in ("MOREAU", "FRA110188051700", "1988"):
        assert word not in repr(CARD_2017) + str(CARD_2017)


@pytest.mark.parametrize("kind", ["A", "X", " ", "\0", "7", "i"])
def test_every_other_type_is_a_citizens_card(kind: str) -> None:
    text = bytearray(CARD_2017.encode())
    text[248:250] = kind.encode("utf-16-le")
    assert CardKind.of(text) is CardKind.CITIZEN


@pytest.mark.parametrize("length", [0, 255, 257, 1280])
def test_a_text_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(CardTextError, match=f"{length} bytes"):
        decode(bytes(length))


@pytest.mark.parametrize(
    ("offset", "value", "message"),
    [
        (120, "3", "sex"),
        (120, " ", "sex"),
        (188, "2019060", "valid_from is not eight digits"),
        (188, "20190631", "valid_from is no date"),
        (204, "        ", "valid_until is not eight digits"),
        (204, "长        "[:8], "valid_until is not eight digits"),
        (220, "19880532", "birth_date is no date"),
        (220, "00000101", "birth_date is no date"),
        (220, "1988 517", "birth_date is not eight digits"),
        (220, "19881300", "birth_date is no date"),
        (220, "19880017", "birth_date is no date"),
    ],
)
def test_a_damaged_field_is_named_without_what_it_holds(
    offset: int, value: str, message: str
) -> None:
    text = bytearray(CARD_2017.encode())
    text[offset : offset + 2 * len(value)] = value.encode("utf-16-le")
    if len(value) == 7:
        text[offset + 14 : offset + 16] = " ".encode("utf-16-le")
    with pytest.raises(CardTextError) as refused:
        decode(text)
    assert message in str(refused.value)
    assert value.strip() == "" or value not in str(refused.value)


def test_half_a_surrogate_pair_is_no_text() -> None:
    text = bytearray(CARD_2017.encode())
    text[0:2] = b"\x00\xd8"
    with pytest.raises(CardTextError, match="name is no UTF-16 text"):
        decode(text)


@given(st.binary(min_size=TEXT_LENGTH, max_size=TEXT_LENGTH), st.sampled_from("IYJ "))
def test_garbage_is_refused_or_decoded_but_nothing_else(text: bytes, kind: str) -> None:
    with suppress(CardTextError):
        card = decode(text[:248] + kind.encode("utf-16-le") + text[250:])
        assert card.KIND.value in {kind, "citizen"}


def test_long_term_does_not_end() -> None:
    assert Card2023.decode(CARD_2023.encode()).valid_until is None
    assert LONG_TERM.ljust(8).encode("utf-16-le") in CARD_2023.encode()


@pytest.mark.parametrize("month", [None, 4])
def test_a_birth_date_may_be_known_in_part(month: int | None) -> None:
    card = replace(CARD_2017, birth_date=PartialDate(1950, month))
    assert decode(card.encode()) == card


def test_what_does_not_fit_is_not_encoded() -> None:
    with pytest.raises(CardTextError, match="name is longer than 60 characters"):
        Card2017.LAYOUT.join({"name": "A" * 61})
    with pytest.raises(CardTextError, match="there is no field nose"):
        Card2017.LAYOUT.join({"nose": "A"})


def test_a_layout_has_256_bytes() -> None:
    with pytest.raises(ValueError, match="256"):
        Layout((("name", 30),))
