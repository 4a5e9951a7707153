"""The virtual printer: what it draws, answers, takes and refuses."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.control import UnknownVerb
from devices.printer.contract import PaperWidth
from devices.printer.virtual import Model, VirtualPrinter
from devices.printer.virtual.parser import Parser

CUT = b"\x1dVB\x00"


@contextlib.contextmanager
def connected(**options: object) -> Iterator[tuple[VirtualPrinter, socket.socket]]:
    with VirtualPrinter(**options) as printer:  # type: ignore[arg-type]  # passed on as they are
        host, port = printer.uri.removeprefix("tcp://").split(":")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            yield printer, line


def answer(line: socket.socket, question: bytes, size: int) -> bytes:
    line.sendall(question)
    got = b""
    while len(got) < size:
        got += line.recv(size - len(got))
    return got


def printed(data: bytes, model: Model | None = None) -> np.ndarray:
    with connected(strict=True, model=model) as (printer, line):
        line.sendall(b"\x1b@" + data + CUT)
        (ticket,) = printer.wait_for_tickets(1)
        assert printer.refusals == []
        return np.asarray(ticket.image) < 128


def inked_height(dots: np.ndarray) -> int:
    rows = np.flatnonzero(dots.any(axis=1))
    return int(rows[-1] - rows[0] + 1)


def test_text_grows_with_its_size() -> None:
    heights = [inked_height(printed(b"\x1d!" + bytes((n << 4 | n,)) + b"H\n")) for n in range(8)]
    assert heights == sorted(heights)
    assert heights[7] == pytest.approx(8 * heights[0], abs=8)


def test_chinese_text_needs_its_mode() -> None:
    text = "请".encode("gb18030")
    chinese = printed(b"\x1c&" + text + b"\x1c.\n")
    latin = printed(text + b"\n")
    assert chinese.any()
    assert latin.any()
    assert not np.array_equal(chinese, latin)


def test_code_pages() -> None:
    one, other = (printed(b"\x1bt" + page + b"\xe4\n") for page in (b"\x10", b"\x11"))
    assert not np.array_equal(one, other)


def test_a_line_that_is_too_long_goes_on_in_the_next() -> None:
    assert inked_height(printed(b"H" * 49 + b"\n")) > inked_height(printed(b"H" * 48 + b"\n"))


def test_a_qr_code_can_be_read_from_the_paper() -> None:
    store = b"HKT1:HELLO"
    size = (len(store) + 3).to_bytes(2, "little")
    data = (
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x05\x1d(k\x03\x001E1"
        b"\x1d(k" + size + b"1P0" + store + b"\x1d(k\x03\x001Q0"
    )
    found = zxingcpp.read_barcodes(np.where(printed(data), 0, 255).astype(np.uint8))
    assert [barcode.text for barcode in found] == ["HKT1:HELLO"]


def test_narrow_paper_is_narrow() -> None:
    assert printed(b"H\n", Model(paper=PaperWidth.MM_58)).shape[1] == 58 * 8


def test_the_cutter_is_above_the_head() -> None:
    """Cutting without feeding leaves the last line on the next ticket, as it does in life."""
    with connected(strict=True) as (printer, line):
        line.sendall(b"H\n\x1dV\x00" + CUT)
        first, second = printer.wait_for_tickets(2)
        assert (np.asarray(first.image) == 255).all()
        assert (np.asarray(second.image) == 0).any()


def test_answers_in_order_come_after_what_was_printed_before() -> None:
    with connected() as (printer, line):
        assert answer(line, b"H\n" + CUT + b"\x1d(H\x06\x000012AZ", 7) == b"\x37\x2212AZ\x00"
        assert len(printer.tickets) == 1


def test_identity() -> None:
    with connected(model=Model(name="TM-X")) as (_, line):
        assert answer(line, b"\x1dIC", 6) == b"_TM-X\x00"
        assert answer(line, b"\x1dI\x01", 1) == b"\x20"


def test_automatic_status_comes_at_once_and_at_every_change() -> None:
    with connected() as (printer, line):
        assert answer(line, b"\x1da\x0f", 4) == b"\x10\x00\x00\x00"
        printer.do("paper out")
        assert answer(line, b"", 4) == b"\x18\x00\x0f\x00"
        line.sendall(b"\x1b@")
        printer.do("paper full")
        assert answer(line, b"", 4) == b"\x10\x00\x00\x00"


def test_a_real_time_request_inside_a_picture_is_answered_too() -> None:
    with connected() as (_, line):
        assert answer(line, b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01", 1) == b"\x12"


def test_a_picture_that_never_ends_can_be_thrown_away() -> None:
    """Whoever broke off in the middle of a picture would else have all that follows printed."""
    with connected() as (printer, line):
        clear = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
        assert (
            answer(line, b"\x1dv0\x00\x48\x00\xff\x00" + b"\xff" * 50 + clear, 3) == b"\x37\x25\x00"
        )
        line.sendall(CUT)
        (ticket,) = printer.wait_for_tickets(1)
        assert (np.asarray(ticket.image) == 255).all()


def test_it_answers_in_real_time_while_its_buffer_is_full() -> None:
    with connected(model=Model(buffer_bytes=64)) as (printer, line):
        printer.do("paper out")
        line.sendall(b"H" * 64 + b"\n")
        assert answer(line, b"\x10\x04\x04", 1) == b"\x7e"


def test_it_answers_in_real_time_while_it_cannot_print() -> None:
    with connected() as (printer, line):
        printer.do("cover open")
        assert answer(line, b"H\n" + CUT + b"\x10\x04\x02", 1) == b"\x16"
        assert printer.tickets == []
        printer.do("cover close")
        assert len(printer.wait_for_tickets(1)) == 1


def test_the_buffer_can_be_cleared() -> None:
    with connected() as (printer, line):
        printer.do("paper out")
        line.sendall(b"H\n" + CUT)
        clear = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
        assert answer(line, clear, 3) == b"\x37\x25\x00"
        printer.do("paper full")
        assert answer(line, b"\x1dr\x01", 1) == b"\x00"
        assert printer.tickets == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x1bz", "no such instruction"),
        (b"\x07", "no such instruction"),
        (b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73), "wider than the paper"),
        (b"\x1dv0\x00\x00\x00\x01\x00", "0 bytes by 1 rows"),
        (b"\x1dv0\x09\x01\x00\x01\x00\x00", "no such mode"),
        (b"H\x1dv0\x00\x01\x00\x01\x00\x00", "beginning of a line"),
        (b"H" + CUT, "beginning of a line"),
        (b"\x1b\x61\x07", "ESC a 7"),
        (b"\x1d!\x88", "sizes are 1 to 8"),
        (b"\x1bt\x63", "no such code page"),
        (b"\x1c&\xff\xff\n", "not gb18030"),
        (b"\x1d(k\x03\x001Q0", "nothing stored"),
        (b"\x1d(k\x03\x001C\x11", "module of 17 dots"),
        (b"\x1d(k\x03\x002C\x05", "only QR codes"),
        (b"\x1d(H\x06\x000012\x01\x02", "from 20 to 7E"),
        (b"\x1dV\x09\x00", "no such cut"),
        (b"\x1dI\x60", "no such identity"),
        (b"\x1dr\x09", "no such status"),
        (b"\x10\x04\x09", "no such instruction"),
    ],
)
def test_what_no_printer_accepts_is_refused_and_stops_a_strict_one(data: bytes, why: str) -> None:
    with connected(strict=True) as (printer, line):
        assert answer(line, b"\x1da\x0f", 4) == b"\x10\x00\x00\x00"
        assert answer(line, data, 4) == b"\x18\x20\x00\x00"
        assert why in printer.refusals[0]


def test_a_lenient_printer_leaves_it_out() -> None:
    with connected() as (printer, line):
        line.sendall(b"\x1bz" + b"H\n" + CUT)
        assert len(printer.wait_for_tickets(1)) == 1
        assert len(printer.refusals) == 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(1, 50))
def test_any_bytes_are_cut_the_same_however_they_arrive(data: bytes, size: int) -> None:
    whole = Parser()
    pieces = Parser()
    at_once = list(whole.feed(data))
    split = [
        instruction
        for start in range(0, len(data), size)
        for instruction in pieces.feed(data[start : start + size])
    ]

    def texts_joined(instructions: list) -> list:  # type: ignore[type-arg]  # of instructions
        out: list[tuple[str, bytes]] = []
        for one in instructions:
            if out and one.name == out[-1][0] == "text":
                out[-1] = ("text", out[-1][1] + one.data)
            else:
                out.append((one.name, one.data))
        return out

    assert texts_joined(at_once) == texts_joined(split)
    assert whole.pending == pieces.pending
    used = sum(instruction.size for instruction in at_once)
    assert used + whole.pending == len(data)


def test_noise_does_not_end_the_printer() -> None:
    noise = np.random.default_rng(1).bytes(4000)
    with connected() as (printer, line):
        line.sendall(noise)
        line.close()
        printer.do("power cycle")
        host, port = printer.uri.removeprefix("tcp://").split(":")
        with socket.create_connection((host, int(port)), timeout=5) as again:
            assert answer(again, b"\x10\x04\x01", 1)[0] & 0x93 == 0x12


def test_tickets_are_kept_as_pictures_with_their_resolution(tmp_path: Path) -> None:
    with connected(out=tmp_path) as (printer, line):
        line.sendall(b"H\n" + CUT)
        printer.wait_for_tickets(1)
    with Image.open(tmp_path / "ticket-0001.png") as image:
        assert image.size[0] == 640
        assert round(image.info["dpi"][0]) == 203


def test_paper_that_is_torn_off_is_kept_apart(tmp_path: Path) -> None:
    with connected(out=tmp_path) as (printer, line):
        assert answer(line, b"H\n\x1dr\x01", 1) == b"\x00"
        printer.do("paper full")
        assert [ticket.cut for ticket in printer.tickets] == [False]
        assert (tmp_path / "torn-0001.png").exists()


def test_printing_takes_as_long_as_paper_moves() -> None:
    with connected(model=Model(mm_per_second=0.001)) as (printer, line):
        assert answer(line, b"H\n" + CUT + b"\x10\x04\x01", 1) == b"\x12"
        assert printer.tickets == []


def test_the_control_port_takes_verbs_and_tells_the_state() -> None:
    with connected(control=0) as (printer, _):
        assert printer.control_port is not None
        with socket.create_connection(("127.0.0.1", printer.control_port), timeout=5) as side:
            talk = side.makefile("rw")
            for verb, said in (
                ("status", "paper=full tickets=0"),
                ("Paper OUT", "ok"),
                ("cover open", "ok"),
                ("status", "paper=out tickets=0 cover_open"),
                ("after 5 mm jam", "ok"),
                ("explode", "error unknown verb 'explode'"),
                ("after five mm jam", "error use: after N"),
            ):
                talk.write(verb + "\n")
                talk.flush()
                assert talk.readline().startswith(said)


@pytest.mark.parametrize("line", ["", "after", "after 3 jam", "after 3 miles jam", "paper"])
def test_a_verb_that_does_not_exist_is_refused(line: str) -> None:
    with connected() as (printer, _), pytest.raises(UnknownVerb):
        printer.do(line)
