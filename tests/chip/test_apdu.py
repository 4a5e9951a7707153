"""APDUs: their forms, chains of commands, responses in parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip.apdu import (
    Command,
    Response,
    exchange,
    exchange_long,
    parse_command,
    parse_response,
)
from devices.chip.errors import MalformedReply
from tests.chip.scripted import ScriptedTransport

BYTE = st.integers(0, 255)
SHORT = st.builds(
    Command,
    cla=BYTE,
    ins=BYTE,
    p1=BYTE,
    p2=BYTE,
    data=st.binary(max_size=255),
    ne=st.none() | st.integers(1, 256),
)
EXTENDED = st.builds(
    Command,
    cla=BYTE,
    ins=BYTE,
    p1=BYTE,
    p2=BYTE,
    data=st.binary(min_size=1, max_size=600),
    ne=st.none() | st.integers(1, 65536),
    extended=st.just(True),
)


@pytest.mark.parametrize(
    ("command", "encoded"),
    [
        (Command(0x00, 0x84, 0x00, 0x00), "00840000"),
        (Command(0x00, 0x84, 0x00, 0x00, ne=8), "0084000008"),
        (Command(0x00, 0xB0, 0x9C, 0x00, ne=256), "00B09C0000"),
        (Command(0x00, 0xA4, 0x02, 0x0C, b"\x01\x1e"), "00A4020C02011E"),
        (Command(0x00, 0x88, 0x00, 0x00, b"\x01\x02", 256), "0088000002010200"),
        (Command(0x00, 0xB0, 0x9D, 0x00, ne=65536, extended=True), "00B09D00000000"),
        (Command(0x00, 0xB0, 0x9D, 0x00, ne=300, extended=True), "00B09D0000012C"),
        (Command(0x00, 0x88, 0, 0, b"\x05", 300, extended=True), "00880000000001 05012C"),
    ],
)
def test_forms_of_iso_7816_4(command: Command, encoded: str) -> None:
    assert command.encode() == bytes.fromhex(encoded)


@given(SHORT | EXTENDED)
@settings(max_examples=60)
def test_a_command_survives_being_written_and_read(command: Command) -> None:
    assert parse_command(command.encode()) == command


@given(st.binary(max_size=80))
@settings(max_examples=200)
def test_any_bytes_are_a_command_or_malformed(data: bytes) -> None:
    try:
        command = parse_command(data)
    except MalformedReply:
        return
    assert parse_command(command.encode()) == command


@pytest.mark.parametrize(
    "command",
    [
        Command(0, 0, 0, 0, bytes(256)),
        Command(0, 0, 0, 0, ne=257),
        Command(0, 0, 0, 0, bytes(65536), extended=True),
        Command(0, 0, 0, 0, ne=65537, extended=True),
    ],
)
def test_what_does_not_fit_its_form_is_a_mistake(command: Command) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        command.encode()


@pytest.mark.parametrize("reply", [b"", b"\x90"])
def test_a_reply_without_status_word_is_malformed(reply: bytes) -> None:
    with pytest.raises(MalformedReply):
        parse_response(reply)


def test_a_response_in_parts_is_fetched() -> None:
    card = ScriptedTransport(
        [("00B0000000", "01026103"), ("00C0000003", "03046101"), ("00C0000001", "056282")]
    )
    response = exchange(card, Command(0x00, 0xB0, 0x00, 0x00, ne=256))
    assert response == Response(bytes((1, 2, 3, 4, 5)), 0x6282)
    card.assert_finished()


class Endless:
    atr = b""

    def __init__(self, reply: bytes) -> None:
        self.reply = reply

    def transmit(self, apdu: bytes) -> bytes:
        return self.reply


@pytest.mark.parametrize("reply", [b"\x61\x00", bytes(255) + b"\x61\xff"])
def test_a_response_whose_parts_do_not_end_is_malformed(reply: bytes) -> None:
    with pytest.raises(MalformedReply, match="end"):
        exchange(Endless(reply), Command(0x00, 0xB0, 0x00, 0x00, ne=256))


LONG = Command(0x00, 0x86, 0x00, 0x00, bytes(range(250)) * 2, 256)


def test_long_data_goes_in_extended_length_where_the_card_takes_it() -> None:
    card = ScriptedTransport([(f"0086000000{500:04X}{LONG.data.hex()}0000", "9000")])
    assert exchange_long(card, LONG, extended=True).ok
    card.assert_finished()


def test_long_data_goes_in_a_chain_where_the_card_takes_none() -> None:
    card = ScriptedTransport(
        [
            (f"10860000DF{LONG.data[:223].hex()}", "9000"),
            (f"10860000DF{LONG.data[223:446].hex()}", "9000"),
            (f"0086000036{LONG.data[446:].hex()}00", "7C009000"),
        ]
    )
    assert exchange_long(card, LONG, max_data=223).data == b"\x7c\x00"
    card.assert_finished()


def test_a_chain_ends_with_the_first_refusal() -> None:
    card = ScriptedTransport([(f"10860000FF{LONG.data[:255].hex()}", "6884")])
    assert exchange_long(card, LONG).sw == 0x6884
    card.assert_finished()
