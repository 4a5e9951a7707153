"""The virtual reader: its bytes, its verbs, its control port."""

import os
import select
import socket
from pathlib import Path

import pytest

from devices.control import UnknownVerb
from devices.idcard.codes import SamCommand, Sw3
from devices.idcard.frame import command_frame, reply_frame
from devices.idcard.virtual.card_files import load
from devices.idcard.virtual.faults import FaultKind, parse_fault
from devices.idcard.virtual.reader import NOISE, VirtualReader
from devices.idcard.virtual.station import VirtualIdCardReader


def ask(reader: VirtualReader, command: SamCommand) -> bytes:
    return b"".join(piece for _, piece in reader.answer(command.to_bytes(2, "big")))


@pytest.fixture
def reader() -> VirtualReader:
    reader = VirtualReader()
    reader.place(load("moreau-2017"))
    return reader


def test_a_whole_reading_byte_for_byte(reader: VirtualReader) -> None:
    assert ask(reader, SamCommand.FIND_CARD) == bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
    assert ask(reader, SamCommand.SELECT_CARD) == bytes.fromhex(
        "AAAAAA9669 000C 000090 0000000000000000 9C"
    )
    read = ask(reader, SamCommand.READ_TEXT_AND_PHOTO)
    assert len(read) == 1295
    assert read[:14] == bytes.fromhex("AAAAAA9669 0508 000090 0100 0400")
    assert read[14:270] == load("moreau-2017").encode()
    assert ask(reader, SamCommand.READ_APPENDED_ADDRESS) == reply_frame(Sw3.NO_SUCH_ITEM)
    reader.lift()
    assert ask(reader, SamCommand.READ_APPENDED_ADDRESS) == reply_frame(Sw3.READ_FAILED)


def test_what_is_answered_without_a_card() -> None:
    reader = VirtualReader()
    for command, sw3 in {
        SamCommand.RESET: Sw3.SUCCESS,
        SamCommand.STATUS: Sw3.SUCCESS,
        SamCommand.SET_BAUD_9600: Sw3.SUCCESS,
        SamCommand.FIND_CARD: Sw3.FIND_FAILED,
        SamCommand.SELECT_CARD: Sw3.SELECT_FAILED,
        SamCommand.READ_TEXT_AND_PHOTO: Sw3.READ_FAILED,
        SamCommand.READ_APPENDED_ADDRESS: Sw3.READ_FAILED,
    }.items():
        assert ask(reader, command) == reply_frame(sw3)


def test_the_number_of_the_sam_byte_for_byte(reader: VirtualReader) -> None:
    assert ask(reader, SamCommand.SAM_ID) == bytes.fromhex(
        "AAAAAA9669 0014 000090 05000100 03B33401 87D61200 B168DE3A 7B"
    )


def test_the_order_of_the_commands_is_kept(reader: VirtualReader) -> None:
    assert ask(reader, SamCommand.SELECT_CARD) == reply_frame(Sw3.SELECT_FAILED)
    assert ask(reader, SamCommand.FIND_CARD) == reply_frame(Sw3.FIND_FAILED)
    reader.lift()
    reader.place(load("moreau-2017"))
    assert ask(reader, SamCommand.FIND_CARD) == reply_frame(Sw3.FOUND, bytes(4))
    assert ask(reader, SamCommand.READ_TEXT_AND_PHOTO) == reply_frame(Sw3.READ_FAILED)


def test_an_unknown_command_is_said_to_be_unknown(reader: VirtualReader) -> None:
    assert b"".join(p for _, p in reader.answer(b"\x77\x01")) == reply_frame(Sw3.UNKNOWN_COMMAND)


@pytest.mark.parametrize("sw3", Sw3)
def test_every_status_can_be_played(reader: VirtualReader, sw3: Sw3) -> None:
    reader.add_fault(parse_fault(["once", "refuse", f"{sw3:02x}", "status"]))
    assert ask(reader, SamCommand.STATUS) == reply_frame(sw3)
    assert ask(reader, SamCommand.STATUS) == reply_frame(Sw3.SUCCESS)


def test_what_each_fault_of_the_line_does_to_the_bytes(reader: VirtualReader) -> None:
    good = reply_frame(Sw3.SUCCESS)
    for verb, expected in {
        "silent": b"",
        "half": good[:5],
        "noise": NOISE + good,
        "checksum": good[:-1] + bytes([good[-1] ^ 0x55]),
        "drip": good,
    }.items():
        reader.add_fault(parse_fault(["once", verb]))
        assert ask(reader, SamCommand.STATUS) == expected
    reader.add_fault(parse_fault(["once", "length"]))
    damaged = ask(reader, SamCommand.STATUS)
    assert damaged[5:7] == b"\x00\x44"
    reader.add_fault(parse_fault(["once", "slow", "1.5"]))
    assert list(reader.answer(b"\x11\xff")) == [(1.5, good)]
    assert ask(reader, SamCommand.STATUS) == good


def test_a_fault_happens_as_often_as_it_was_asked_for(reader: VirtualReader) -> None:
    reader.add_fault(parse_fault(["2", "times", "silent", "status"]))
    assert "2 times silent status" in reader.describe()
    answers = [ask(reader, SamCommand.STATUS) for _ in range(3)]
    assert [bool(answer) for answer in answers] == [False, False, True]
    reader.add_fault(parse_fault(["silent"]))
    assert not any(ask(reader, SamCommand.STATUS) for _ in range(5))
    reader.clear_faults()
    assert ask(reader, SamCommand.STATUS)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "explode",
        "once",
        "0 times silent",
        "-1 times silent",
        "x times silent",
        "refuse",
        "refuse 100",
        "refuse xx",
        "slow",
        "slow -1",
        "slow nan",
        "slow fast",
        "silent nobody",
        "silent find twice",
        "place",
        "place nobody",
        "lift now",
    ],
)
def test_a_verb_that_is_not_understood_is_answered_with_those_that_are(line: str) -> None:
    with pytest.raises(UnknownVerb) as refused:
        VirtualIdCardReader().do(line)
    assert "refuse SW3" in str(refused.value) or "no such card file" in str(refused.value)


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_can_be_written_down_and_read_again(kind: FaultKind) -> None:
    value = {FaultKind.REFUSE: "41", FaultKind.SLOW: "0.5"}.get(kind)
    words = [kind, *([value] if value else []), "find"]
    assert str(parse_fault(words)) == " ".join(words)


def test_the_port_keeps_its_name_when_it_is_plugged_in_again(tmp_path: Path) -> None:
    name = tmp_path / "reader"
    with VirtualIdCardReader(port=name) as virtual:
        first = name.resolve()
        assert exchange(virtual.port) == reply_frame(Sw3.SUCCESS)
        virtual.do("unplug")
        virtual.do("unplug")
        assert not name.exists()
        assert "unplugged" in virtual.describe()
        virtual.do("plug")
        virtual.do("plug")
        assert exchange(virtual.port) == reply_frame(Sw3.SUCCESS)
        assert first.parent == name.resolve().parent
    assert not name.is_symlink()


def test_a_link_left_over_from_before_is_replaced_but_no_file(tmp_path: Path) -> None:
    name = tmp_path / "reader"
    name.symlink_to("/nowhere")
    with VirtualIdCardReader(port=name) as virtual:
        assert exchange(virtual.port) == reply_frame(Sw3.SUCCESS)
    name.write_text("precious", encoding="utf-8")
    with pytest.raises(FileExistsError):
        VirtualIdCardReader(port=name).start()
    assert name.read_text(encoding="utf-8") == "precious"


def test_a_damaged_command_is_answered_with_its_status(tmp_path: Path) -> None:
    damaged = bytearray(command_frame(SamCommand.STATUS))
    damaged[-1] ^= 1
    with VirtualIdCardReader(port=tmp_path / "reader") as virtual:
        assert exchange(virtual.port, bytes(damaged)) == reply_frame(Sw3.HOST_CHECKSUM)


def test_verbs_come_over_the_control_port_too() -> None:
    with VirtualIdCardReader(control=0) as virtual:
        assert virtual.control_port is not None
        with socket.create_connection(("127.0.0.1", virtual.control_port)) as connection:
            lines = connection.makefile("rw", encoding="utf-8", newline="\n")

            def say(line: str) -> str:
                lines.write(f"{line}\n")
                lines.flush()
                return lines.readline().strip()

            assert say("place kowalska-2023") == "ok"
            assert say("once silent read") == "ok"
            assert say("status") == "plugged in; card fresh; 1 times silent read"
            assert say("lift") == "ok"
            assert say("clear") == "ok"
            assert say("status") == "plugged in; no card"
            assert say("explode").startswith("error 'explode' is not understood")


def exchange(port: str, command: bytes = command_frame(SamCommand.STATUS)) -> bytes:
    """Send bytes to a port and return what comes back first."""
    fd = os.open(port, os.O_RDWR | os.O_NOCTTY)
    try:
        os.write(fd, command)
        assert select.select([fd], [], [], 20)[0]
        return os.read(fd, 4096)
    finally:
        os.close(fd)
