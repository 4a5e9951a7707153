"""A card that answers nonsense at any step: no exception but ours, no hang, no partial identity."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.chip.errors import ChipError
from devices.chip.procedure import read_chip
from devices.chip.reading_style import extended_limit, says_extended
from devices.chip.security_infos import parse_dg14, parse_security_infos
from devices.chip.virtual.transport import Faults, VirtualTransport
from devices.documents.specimen import Specimen
from tests.chip.cards import card, request, specimen, transport

BAC = specimen({"active_authentication": {"algorithm": "ECDSA"}, "extended_length": False})
PACE = specimen({"pace": [{}], "chip_authentication": [{}]})
CAM = specimen({"pace": [{"mapping": "CAM"}]})
DOCUMENTS = {"BAC": BAC, "PACE": PACE, "CAM": CAM}

MOST_COMMANDS = 400


def read_or_fail(document: Specimen, card: VirtualTransport) -> None:
    try:
        reading = read_chip(card, request(document))
    except ChipError:
        pass
    else:
        assert reading.identity.document_number
    assert card.count < MOST_COMMANDS


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@given(at=st.integers(1, 24), reply=st.binary(max_size=40), sw=st.sampled_from([
    b"\x90\x00", b"\x62\x82", b"\x67\x00", b"\x6c\x05", b"\x6a\x82", b"\x69\x82", b"\x61\x10", b""
]))  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_answer_is_nonsense(document: Specimen, at: int, reply: bytes, sw: bytes) -> None:
    read_or_fail(document, transport(document, faults=Faults(replies={at: reply + sw or b"\x00"})))


class Garbling(VirtualTransport):
    """Changes some of the true answers."""

    changes: dict[int, tuple[str, int]]

    def transmit(self, apdu: bytes) -> bytes:
        reply = super().transmit(apdu)
        how, where = self.changes.get(self.count, ("", 0))
        position = where % max(len(reply), 1)
        match how:
            case "flip":
                changed = reply[position] ^ (1 + where % 255)
                return reply[:position] + bytes((changed,)) + reply[position + 1 :]
            case "cut":
                return reply[:position]
            case "grow":
                return reply[:-2] + bytes(where % 300) + reply[-2:]
            case "repeat":
                return reply[:-2] + reply
        return reply


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@given(
    changes=st.dictionaries(
        st.integers(1, 30),
        st.tuples(st.sampled_from(["flip", "cut", "grow", "repeat"]), st.integers(0, 5000)),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_some_answers_are_garbled(document: Specimen, changes: dict[int, tuple[str, int]]) -> None:
    garbling = Garbling(card(document))
    garbling.changes = changes
    read_or_fail(document, garbling)


@given(data=st.binary(max_size=300))
@settings(max_examples=200)
def test_security_infos_of_any_bytes(data: bytes) -> None:
    for parse in (parse_security_infos, parse_dg14):
        try:
            parse(data)
        except ChipError:
            continue


INFOS = bytes.fromhex(
    "31643062060904007F0007020201023052300C060704007F0007010202010D03420004"
    "1872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
    "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F02010D"
)


@given(at=st.integers(0, len(INFOS) - 1), value=st.integers(0, 255))
@settings(max_examples=300)
def test_security_infos_with_a_byte_changed(at: int, value: int) -> None:
    try:
        parse_security_infos(INFOS[:at] + bytes((value,)) + INFOS[at + 1 :])
    except ChipError:
        return


@given(data=st.binary(max_size=40))
@settings(max_examples=200)
def test_what_a_card_says_of_itself_may_be_anything(data: bytes) -> None:
    assert says_extended(data) in (True, False)
    limit = extended_limit(data)
    assert limit is None or limit > 256


@given(commands=st.lists(st.binary(max_size=80), max_size=6))
@settings(max_examples=100, deadline=None)
def test_the_virtual_card_answers_anything(commands: list[bytes]) -> None:
    virtual = card(PACE)
    for command in commands:
        assert len(virtual.process(command)) >= 2


@pytest.mark.parametrize("length", ["84FFFFFFFF", "83FFFFFF", "82FFFF", "80"])
def test_a_file_that_lies_about_its_length_is_refused_within_bounds(length: str) -> None:
    reply = bytes.fromhex("31" + length) + bytes(200) + b"\x90\x00"
    garbling = transport(PACE, faults=Faults(replies=dict.fromkeys(range(1, 2000), reply)))
    with pytest.raises(ChipError):
        read_chip(garbling, request(PACE))
    assert garbling.count < 1000
