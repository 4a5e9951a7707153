"""Frames, byte for byte, and whatever the line does to them."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from devices.idcard.codes import TEXTS, SamCommand, Sw3, describe
from devices.idcard.frame import (
    LONGEST_REPLY,
    PREAMBLE,
    Deframer,
    FrameError,
    Reply,
    checksum,
    command_frame,
    frame,
    reply_frame,
)

COMMANDS = {
    SamCommand.RESET: "AAAAAA9669 0003 10FF EC",
    SamCommand.STATUS: "AAAAAA9669 0003 11FF ED",
    SamCommand.SAM_ID: "AAAAAA9669 0003 12FF EE",
    SamCommand.FIND_CARD: "AAAAAA9669 0003 2001 22",
    SamCommand.SELECT_CARD: "AAAAAA9669 0003 2002 21",
    SamCommand.READ_TEXT_AND_PHOTO: "AAAAAA9669 0003 3001 32",
    SamCommand.READ_APPENDED_ADDRESS: "AAAAAA9669 0003 3003 30",
    SamCommand.SET_BAUD_115200: "AAAAAA9669 0003 6000 63",
    SamCommand.SET_BAUD_57600: "AAAAAA9669 0003 6001 62",
    SamCommand.SET_BAUD_38400: "AAAAAA9669 0003 6002 61",
    SamCommand.SET_BAUD_19200: "AAAAAA9669 0003 6003 60",
    SamCommand.SET_BAUD_9600: "AAAAAA9669 0003 6004 67",
}

payloads = st.binary(min_size=1, max_size=40)


def take_all(deframer: Deframer) -> tuple[list[bytes], int]:
    """All payloads that are there, and how many frames were damaged."""
    found, damaged = list[bytes](), 0
    while True:
        try:
            payload = deframer.take()
        except FrameError:
            damaged += 1
            continue
        if payload is None:
            return found, damaged
        found.append(bytes(payload))


@pytest.mark.parametrize("command", SamCommand)
def test_every_command_byte_for_byte(command: SamCommand) -> None:
    assert command_frame(command) == bytes.fromhex(COMMANDS[command])
    assert SamCommand.of(bytes.fromhex(COMMANDS[command])[7:-1]) is command


@pytest.mark.parametrize(
    ("sw3", "data", "expected"),
    [
        (Sw3.FOUND, bytes(4), "AAAAAA9669 0008 00009F 00000000 97"),
        (Sw3.SUCCESS, bytes(8), "AAAAAA9669 000C 000090 0000000000000000 9C"),
        (Sw3.SUCCESS, b"", "AAAAAA9669 0004 000090 94"),
        (Sw3.FIND_FAILED, b"", "AAAAAA9669 0004 000080 84"),
    ],
)
def test_replies_byte_for_byte(sw3: Sw3, data: bytes, expected: str) -> None:
    assert reply_frame(sw3, data) == bytes.fromhex(expected)


def test_text_and_photo_are_1295_bytes() -> None:
    assert len(reply_frame(Sw3.SUCCESS, bytes.fromhex("01000400") + bytes(1280))) == 1295


def test_an_unknown_command_is_none() -> None:
    assert SamCommand.of(b"\x99\x99") is None
    assert SamCommand.of(b"") is None


@pytest.mark.parametrize("sw3", Sw3)
def test_every_status_says_something_to_staff(sw3: Sw3) -> None:
    assert len(TEXTS[sw3]) > 5
    assert f"SW3 {sw3:02X}" in describe(sw3)


def test_a_status_of_no_standard_is_said_to_be_unknown() -> None:
    assert describe(0x5C) == "unknown status (SW3 5C)"


@given(payloads)
def test_a_frame_gives_back_its_payload(payload: bytes) -> None:
    deframer = Deframer()
    deframer.feed(frame(payload))
    assert deframer.take() == bytearray(payload)
    assert deframer.take() is None
    assert deframer.empty


@given(st.lists(payloads, max_size=4), st.data())
def test_frames_may_come_in_pieces_of_any_size(frames: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(map(frame, frames))
    deframer, found = Deframer(), list[bytes]()
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        deframer.feed(stream[:size])
        stream = stream[size:]
        found += take_all(deframer)[0]
    assert found == frames


@given(st.lists(st.tuples(st.binary(max_size=12), payloads), max_size=4))
def test_garbage_between_frames_is_passed_over(parts: list[tuple[bytes, bytes]]) -> None:
    deframer, found = Deframer(), list[bytes]()
    for garbage, payload in parts:
        if PREAMBLE in garbage + PREAMBLE[:-1]:
            continue
        deframer.feed(garbage + frame(payload))
        found += take_all(deframer)[0]
    assert found == [p for garbage, p in parts if PREAMBLE not in garbage + PREAMBLE[:-1]]


@given(st.integers(1, 30))
def test_half_a_preamble_before_a_frame_does_not_hide_it(count: int) -> None:
    deframer = Deframer()
    deframer.feed(b"\xaa" * count + frame(b"payload"))
    assert deframer.take() == bytearray(b"payload")


@given(payloads, st.integers(0, 10_000), st.integers(1, 255))
def test_one_damaged_byte_never_gives_a_wrong_payload(
    payload: bytes, position: int, flip: int
) -> None:
    sent = bytearray(frame(payload))
    sent[position % len(sent)] ^= flip
    deframer = Deframer()
    deframer.feed(bytes(sent))
    found, _ = take_all(deframer)
    assert found == []


@given(payloads, payloads, st.integers(0, 255))
def test_the_frame_after_a_damaged_one_is_found(first: bytes, second: bytes, flip: int) -> None:
    damaged = bytearray(frame(first))
    damaged[-1] ^= flip or 1
    deframer = Deframer()
    deframer.feed(bytes(damaged) + frame(second))
    found, errors = take_all(deframer)
    assert found == [second]
    assert errors >= 1


@pytest.mark.parametrize("length", [0, 1, LONGEST_REPLY + 1, 0xFFFF])
def test_a_length_that_cannot_be_is_reported_at_once(length: int) -> None:
    deframer = Deframer()
    deframer.feed(PREAMBLE + length.to_bytes(2, "big") + b"\x00" + frame(b"next"))
    with pytest.raises(FrameError, match=f"length as {length}"):
        deframer.take()
    assert deframer.take() == bytearray(b"next")


def test_a_frame_that_is_not_whole_is_waited_for() -> None:
    deframer = Deframer()
    deframer.feed(frame(b"payload")[:-1])
    assert deframer.take() is None
    assert not deframer.empty
    deframer.clear()
    assert deframer.empty


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_deframer(data: bytes) -> None:
    deframer = Deframer()
    deframer.feed(data)
    for payload in take_all(deframer)[0]:
        assert payload in data


def test_a_reply_is_split_into_status_and_data_and_its_source_wiped() -> None:
    payload = bytearray(b"\x61\x02\x90personal")
    reply = Reply.parse(payload)
    assert (reply.sw1, reply.sw2, reply.sw3) == (0x61, 0x02, 0x90)
    assert bytes(reply.data) == b"personal"
    assert not any(payload)
    assert "personal" not in repr(reply) + str(reply)


def test_a_reply_without_status_is_refused() -> None:
    with pytest.raises(FrameError, match="too short"):
        Reply.parse(bytearray(b"\x00\x00"))


def test_the_checksum_of_the_standards_example() -> None:
    assert checksum(bytes.fromhex("00032001")) == 0x22


def test_a_frame_within_the_length_of_a_damaged_one_is_found() -> None:
    damaged = bytearray(frame(b"first"))
    damaged[6] += len(frame(b"second"))
    deframer = Deframer()
    deframer.feed(bytes(damaged) + frame(b"second"))
    assert take_all(deframer) == ([b"second"], 1)
