"""From blocks to bytes, and from the bytes back to dots on paper."""

import re
import socket

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printer.contract import (
    Align,
    Cut,
    Feed,
    NativeText,
    PaperWidth,
    PrintJob,
    QrCode,
    Raster,
)
from devices.printer.encode import InvalidJob, encode
from devices.printer.virtual.mechanism import Mechanism
from devices.printer.virtual.model import Model
from devices.printer.virtual.paper import Dots, unpack
from devices.printer.virtual.parser import Parser

WIDE = PaperWidth.MM_80
REAL_TIME = re.compile(rb"\x10\x04[\x01-\x04]|\x10\x05[\x00-\x02]|\x10\x14[\x01-\x08]", re.DOTALL)


def printed(job: PrintJob, paper: PaperWidth = WIDE) -> Dots:
    """The dots that a printer puts on paper for a job."""
    rows: list[Dots] = [np.zeros((0, paper.dots), dtype=np.bool_)]
    mechanism = Mechanism(
        Model(paper=paper), rows.append, lambda: None, lambda _: None, lambda _: None, lambda: 0
    )
    for instruction in Parser().feed(b"".join(encode(job, paper))):
        assert not instruction.real_time
        mechanism.execute(instruction)
    return np.vstack(rows)


@st.composite
def rasters(draw: st.DrawFn) -> Raster:
    row_bytes, height = draw(st.integers(1, 20)), draw(st.integers(1, 40))
    byte = st.sampled_from([0, 0, 0, 1, 4, 0x10, 0x14, 5, 2, 8, 0x80, 0xFF])
    bits = bytes(draw(st.lists(byte, min_size=row_bytes * height, max_size=row_bytes * height)))
    return Raster(row_bytes * 8, height, bits, draw(st.sampled_from(Align)))


@settings(max_examples=60, deadline=None)
@given(rasters())
def test_a_raster_is_printed_where_it_belongs_dot_by_dot(raster: Raster) -> None:
    wanted = unpack(raster.bits, raster.row_bytes)
    room = WIDE.dots - raster.width
    left = {Align.LEFT: 0, Align.CENTER: room // 2, Align.RIGHT: room}[raster.align]
    got = printed(PrintJob((raster,)))
    assert got.shape == (raster.height, WIDE.dots)
    region = got[:, left : left + raster.width]
    assert (region | ~wanted).all(), "a dot is missing"
    added = (region & ~wanted).sum()
    assert added <= raster.bits.count(0x10), "dots are added only to defuse real-time commands"
    assert got.sum() == region.sum(), "ink beside the raster"


@settings(max_examples=60, deadline=None)
@given(rasters())
def test_no_picture_holds_a_real_time_command(raster: Raster) -> None:
    assert not REAL_TIME.search(b"".join(encode(PrintJob((raster,)), WIDE)))


def test_blank_paper_is_fed_not_sent() -> None:
    ink = b"\xff" * 72
    raster = Raster(576, 402, ink + bytes(72 * 400) + ink)
    assert len(b"".join(encode(PrintJob((raster,)), WIDE))) < 200
    assert printed(PrintJob((raster,))).sum() == 2 * 576


@pytest.mark.parametrize(
    "block",
    [
        Raster(584, 1, bytes(73)),
        NativeText("A 0123456789", 8, 8),
        QrCode("", 5),
        QrCode("请", 5),
        QrCode("A", 17),
    ],
)
def test_what_does_not_fit_is_refused(block: Raster | NativeText | QrCode) -> None:
    with pytest.raises(InvalidJob):
        encode(PrintJob((block, Cut())), WIDE)


def test_native_text_is_as_wide_as_it_says() -> None:
    for text in (NativeText("A 012", 8, 8), NativeText("X", 1, 1), NativeText("A B", 4, 2)):
        inverse = NativeText(text.text, text.width, text.height, inverse=True)
        columns = np.flatnonzero(printed(PrintJob((inverse,))).any(axis=0))
        assert columns[-1] + 1 == text.dots


def test_feeds_of_any_length() -> None:
    for dots in (0, 1, 255, 256, 1000):
        assert len(printed(PrintJob((Feed(dots),)))) == dots


def test_a_raster_says_when_its_bytes_are_not_as_many_as_its_dots() -> None:
    with pytest.raises(ValueError, match="16x2 dots has 4 bytes, not 3"):
        Raster(16, 2, b"abc")


def test_sockets_are_not_needed_to_encode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "socket")
    assert encode(PrintJob((QrCode("A"), Cut())), WIDE)
