"""How a ticket is laid out: what stands where, how large, and in which language."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

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
from kiosk.tickets.content import Localized, PlaceKind, TicketContent, localize
from kiosk.tickets.languages import texts

_CENTER: Final = Align.CENTER
_NUMBER_TIMES, _PLACE_TIMES = 8, 6
"""At most so many times the font's size; less where the paper is narrow or the number long."""
_RULE_HEIGHT = 2
_INDENT = 1.35
"""Width of a checkbox and the gap after it, in ems."""
_QR_MODULE = {PaperWidth.MM_80: 5, PaperWidth.MM_58: 4}


def compose(content: TicketContent, paper: PaperWidth, artist: TicketArtist) -> PrintJob:
    """Lay a ticket out: everything that a printer needs to print it."""
    return PrintJob(tuple(_Layout(content, paper, artist).blocks()))


class _Layout:
    def __init__(self, content: TicketContent, paper: PaperWidth, artist: TicketArtist) -> None:
        self._content = content
        self._paper = paper
        self._artist = artist
        narrow = paper is PaperWidth.MM_58
        self._large, self._body, self._small = (28, 24, 22) if narrow else (30, 26, 24)

    def blocks(self) -> Iterator[Block]:
        return chain(
            self._marks(),
            self._hall(),
            self._number(),
            self._place(),
            self._services(),
            self._waiting(),
            self._materials(),
            self._foot(),
        )

    # -- parts of the ticket, from top to bottom ------------------------------------------------

    def _marks(self) -> Iterator[Block]:
        content = self._content
        if content.training:
            yield NativeText(" TRAINING ", 3, 3, bold=True, inverse=True, align=_CENTER)
            yield Feed(6)
            yield from self._in_languages(texts()["training"], self._body, align=_CENTER)
            yield Feed(16)
        if content.copy:
            yield NativeText(f" COPY {content.copy} ", 3, 3, bold=True, inverse=True, align=_CENTER)
            yield Feed(6)
            yield from self._in_languages(texts()["copy"], self._body, align=_CENTER)
            yield Feed(16)

    def _hall(self) -> Iterator[Block]:
        yield from self._in_languages(self._content.hall, self._body, align=_CENTER)
        yield from self._rule()

    def _number(self) -> Iterator[Block]:
        yield from self._in_languages(texts()["number"], self._body, align=_CENTER)
        yield Feed(8)
        yield self._huge(self._content.number, _NUMBER_TIMES)
        yield Feed(20)

    def _place(self) -> Iterator[Block]:
        place = self._content.place
        at_desk = place.kind is PlaceKind.DESK
        where = texts()["go_to_desk" if at_desk else "wait_in_zone"]
        yield from self._in_languages(where, self._body, align=_CENTER)
        yield Feed(8)
        yield self._huge(f" {place.code} ", _PLACE_TIMES, inverse=True)
        if place.name:
            yield Feed(8)
            yield from self._in_languages(place.name, self._body, align=_CENTER)
        yield from self._rule()

    def _services(self) -> Iterator[Block]:
        for service in self._content.services:
            yield from self._in_languages(service, self._large, bold=True)
        yield Feed(10)

    def _waiting(self) -> Iterator[Block]:
        content, lines = self._content, []
        if content.people_ahead is not None:
            key = "people_ahead" if content.people_ahead else "next"
            lines.append((key, {"count": content.people_ahead}))
        if content.wait_minutes is not None:
            low, high = content.wait_minutes
            lines.append(("wait" if high else "wait_now", {"low": low, "high": high}))
        for language in content.languages:
            for key, values in lines:
                text = localize(texts()[key], language).format(**values)
                yield self._draw(text, language, TextStyle(self._body))
        yield from self._rule()

    def _materials(self) -> Iterator[Block]:
        if not self._content.materials:
            return
        yield from self._in_languages(texts()["materials"], self._body, bold=True)
        yield Feed(6)
        for material in self._content.materials:
            yield from self._material(material)
            yield Feed(6)
        yield from self._rule()

    def _material(self, material: Localized) -> Iterator[Block]:
        for line, (text, language) in enumerate(self._translations(material)):
            first = line == 0
            size = self._body if first else self._small
            style = TextStyle(size, indent=round(self._body * _INDENT), checkbox=first)
            yield self._draw(text, language, style)

    def _foot(self) -> Iterator[Block]:
        content = self._content
        if content.qr:
            yield Feed(14)
            yield QrCode(content.qr, _QR_MODULE[self._paper])
            yield Feed(14)
        yield NativeText(f"{content.issued_at:%Y-%m-%d  %H:%M}", 1, 1, bold=True, align=_CENTER)
        yield Feed(24)
        yield Cut()

    # -- pieces -----------------------------------------------------------------------------------

    def _translations(self, text: Localized) -> Iterator[tuple[str, str]]:
        """The text in the ticket's languages, once where two would say the same."""
        seen: set[str] = set()
        for language in self._content.languages:
            translated = localize(text, language)
            if translated and translated not in seen:
                seen.add(translated)
                yield translated, language

    def _in_languages(
        self, text: Localized, size: int, *, bold: bool = False, align: Align = Align.LEFT
    ) -> Iterator[Block]:
        for translated, language in self._translations(text):
            yield self._draw(translated, language, TextStyle(size, bold, align))

    def _draw(self, text: str, language: str, style: TextStyle) -> Raster:
        return self._artist.draw(TextBlock(text, language, style), self._paper.dots)

    def _huge(self, text: str, at_most: int, *, inverse: bool = False) -> NativeText:
        for times in range(at_most, 0, -1):
            line = NativeText(text, times, times, bold=True, inverse=inverse, align=_CENTER)
            if line.dots <= self._paper.dots:
                return line
        raise ValueError(f"{text!r} does not fit on paper of {self._paper.value} mm")

    def _rule(self) -> Iterator[Block]:
        dots = self._paper.dots
        yield Feed(14)
        yield Raster(dots, _RULE_HEIGHT, b"\xff" * (dots // 8 * _RULE_HEIGHT))
        yield Feed(14)
