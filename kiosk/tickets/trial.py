"""The ticket that a printer is tried out with: every size, every language, a code."""

from collections.abc import Iterator
from datetime import datetime

from devices.printer.contract import (
    Align,
    Block,
    Cut,
    Feed,
    NativeText,
    PaperWidth,
    PrintJob,
    QrCode,
    Raster,
)
from kiosk.tickets.artist import TextBlock, TextStyle, TicketArtist
from kiosk.tickets.languages import languages, texts

_SIZES = (8, 6, 4, 2, 1)
_TEXT = 26
_QR = "HALL-KIOSK PRINTER TEST"


def compose_trial(printer: str, now: datetime, paper: PaperWidth, artist: TicketArtist) -> PrintJob:
    """A test ticket. `printer`: what the printer calls itself, printable ASCII."""
    return PrintJob(tuple(_blocks(printer, now, paper, artist)))


def _blocks(
    printer: str, now: datetime, paper: PaperWidth, artist: TicketArtist
) -> Iterator[Block]:
    yield NativeText(" TEST ", 4, 4, bold=True, inverse=True, align=Align.CENTER)
    yield Feed(16)
    yield NativeText(printer or "unknown printer", align=Align.CENTER)
    yield NativeText(f"{now:%Y-%m-%d %H:%M}", align=Align.CENTER)
    yield from _rule(paper)
    for times in _SIZES:
        line = NativeText("A012", times, times, bold=times > 2, align=Align.CENTER)
        if line.dots <= paper.dots:
            yield line
    yield from _rule(paper)
    for language in languages():
        for key in ("number", "people_ahead", "wait"):
            text = texts()[key][language].format(count=3, low=10, high=20)
            yield artist.draw(TextBlock(text, language, TextStyle(_TEXT)), paper.dots)
        yield Feed(8)
    yield from _rule(paper)
    yield from _edges(paper)
    yield Feed(16)
    yield QrCode(_QR)
    yield Feed(24)
    yield Cut()


def _rule(paper: PaperWidth) -> Iterator[Block]:
    yield Feed(12)
    yield Raster(paper.dots, 2, b"\xff" * (paper.dots // 8 * 2))
    yield Feed(12)


def _edges(paper: PaperWidth) -> Iterator[Block]:
    """A comb across the whole width: a dot that never prints shows as a missing tooth."""
    row = bytes((0b10101010, 0b11001100) * (paper.dots // 16))
    yield Raster(paper.dots, 24, row * 24)
