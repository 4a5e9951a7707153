"""How a ticket is laid out: what stands where, how large, and in which language."""

from collections.abc import Iterator
from itertools import chain
from textwrap import wrap
from typing import Final

from devices.printer.contract import (
    FONT_WIDTH,
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
from kiosk.tickets.content import Localized, Place, PlaceKind, TicketContent, best_language
from kiosk.tickets.languages import texts

_CENTER: Final = Align.CENTER
_NUMBER_TIMES, _PLACE_TIMES = 8, 6
"""At most so many times the font's size; less where the paper is narrow or the number long."""
_RULE_HEIGHT = 2
_LIST_SIZE = 22
_INDENT = 1.4
"""Width of a checkbox and the gap after it, in ems."""
_TYPED_INDENT = "   "
"""As wide as that in the printer's own font."""
_TYPED_LINES = 4
"""What is longer ends in dots, as drawn text does in an ellipsis."""
_TYPED_GAP = 4
"""Dots between lines of the printer's own font, in the list."""
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
        self._large, self._body = (26, 24) if narrow else (28, 25)

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
        if at_desk or not self._says_only_its_code(place):
            yield Feed(8)
            yield from self._in_languages(place.name, self._body, align=_CENTER)
        yield from self._rule()

    @staticmethod
    def _says_only_its_code(place: Place) -> bool:
        """Whether a zone's name, e.g. ``Zone B``, adds nothing to the large B above it."""
        return all(len(name) <= len(place.code) + 6 for name in place.name.values())

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
        for wanted in content.languages:
            for key, values in lines:
                language = best_language(texts()[key], wanted)
                text = texts()[key][language].format(**values)
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
            if text.isascii() and not first:
                yield from self._typed(text)
            else:
                style = TextStyle(_LIST_SIZE, indent=round(_LIST_SIZE * _INDENT), checkbox=first)
                yield self._draw(text, language, style)

    def _typed(self, text: str) -> Iterator[Block]:
        """A paragraph of the list in the printer's own font, which is about as large.

        A list of seven materials would else be a third of the ticket's bytes.
        """
        columns = self._paper.dots // FONT_WIDTH - len(_TYPED_INDENT)
        for line in wrap(text, columns, max_lines=_TYPED_LINES, placeholder="..."):
            yield NativeText(_TYPED_INDENT + line)
            yield Feed(_TYPED_GAP)

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
        for wanted in self._content.languages:
            language = best_language(text, wanted)
            if language and text[language] not in seen:
                seen.add(text[language])
                yield text[language], language

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
