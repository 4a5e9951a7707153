"""Text as dots: shaped, wrapped, on the right side, from any thread."""

import string
import sys
import threading
import unicodedata

import numpy as np
import pytest

from devices.printer.contract import Align, Raster
from devices.printer.virtual.paper import unpack
from kiosk.tickets.artist import TextBlock, TextStyle
from kiosk.tickets.languages import languages, texts
from ui.ticket.artist import QtTicketArtist

STYLE = TextStyle(26)


def dots(raster: Raster) -> np.ndarray:
    return unpack(raster.bits, raster.row_bytes)


@pytest.mark.parametrize("language", languages())
def test_no_language_is_drawn_as_boxes(language: str, artist: QtTicketArtist) -> None:
    """A character that no font has is drawn as the same box as any other such character."""
    used = set("".join(by_language[language] for by_language in texts().values()))
    for character in sorted(used - set(string.whitespace)):
        # Marks are drawn on a letter, as they are in words.
        base = "ก" if unicodedata.category(character) == "Mn" else ""
        drawn, missing, bare = (
            artist.draw(TextBlock(base + text, language, STYLE), 576)
            for text in (character, "\U000f0000", "")
        )
        assert drawn not in (missing, bare), character


def test_arabic_is_shaped_and_begins_at_the_right(artist: QtTicketArtist) -> None:
    word, apart = (artist.draw(TextBlock(text, "ar", STYLE), 576) for text in ("رقمك", "ر ق م ك"))
    assert word.align is Align.RIGHT
    assert word.width < apart.width, "letters that join are narrower than the same ones apart"


def test_arabic_with_latin_figures_keeps_them_in_order(artist: QtTicketArtist) -> None:
    """The number comes last, so at the left, and is still read from left to right."""

    def leftmost(text: str) -> int:
        columns = dots(artist.draw(TextBlock(text, "ar", STYLE), 576)).max(axis=0)
        start = int(np.argmax(columns))
        return int(np.argmin(columns[start:]))

    assert leftmost("رقم 18") < leftmost("رقم 81")


@pytest.mark.parametrize("align", Align)
def test_long_text_is_wrapped_and_ends_in_an_ellipsis(align: Align, artist: QtTicketArtist) -> None:
    style = TextStyle(26, align=align, max_lines=3)
    raster = artist.draw(TextBlock("word " * 200, "en", style), 384)
    assert raster.width <= 384
    one = artist.draw(TextBlock("word", "en", style), 384)
    assert 2 * one.height < raster.height < 4 * one.height


def test_a_word_wider_than_the_paper_is_broken(artist: QtTicketArtist) -> None:
    raster = artist.draw(TextBlock("W" * 100, "en", TextStyle(26, max_lines=20)), 384)
    ink = dots(raster)
    assert raster.width <= 384
    assert raster.height > 26 * 5
    assert not ink[:, 0].any()


def test_a_checkbox_stands_where_the_line_begins(artist: QtTicketArtist) -> None:
    for language, edge in (("en", slice(0, 30)), ("ar", slice(-30, None))):
        plain, box = (
            dots(artist.draw(TextBlock("X", language, TextStyle(26, indent=40, checkbox=on)), 576))
            for on in (False, True)
        )
        assert not plain[:, edge].any() or plain.shape[1] < 60
        assert box[:, edge].any()


def test_empty_text_is_blank(artist: QtTicketArtist) -> None:
    assert not dots(artist.draw(TextBlock("", "en", STYLE), 576)).any()


def test_it_draws_the_same_from_any_thread(artist: QtTicketArtist) -> None:
    blocks = [TextBlock(texts()["wait"][language], language, STYLE) for language in languages()]
    here = [artist.draw(block, 576) for block in blocks]
    artist.forget()
    there: list[list[Raster]] = []
    threads = [
        threading.Thread(target=lambda: there.append([artist.draw(b, 576) for b in blocks]))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert there == [here] * 3


def test_drawing_does_not_take_references_from_none(artist: QtTicketArtist) -> None:
    """A release of PySide6 did, until the interpreter aborted."""
    block = TextBlock("A", "en", STYLE)
    artist.draw(block, 576)
    before = sys.getrefcount(None)
    for _ in range(100):
        artist.forget()
        artist.draw(block, 576)
    assert sys.getrefcount(None) > before - 50
