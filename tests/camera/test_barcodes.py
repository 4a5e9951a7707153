"""Codes on phones as people hold them, and on paper: every one that is read is the right one."""

from typing import Any

import numpy as np
import pytest

from devices.camera.barcodes import BarcodeScanner, scan
from devices.camera.contract import Code
from devices.camera.frame import Pixels
from kiosk.reservations.qr import sign
from tests.camera.pictures import drawing, frame, grey, letter, phone
from tests.reservations.test_qr import KEY, RESERVATION

CODE = sign(RESERVATION, KEY)
WEB = "https://example.org/how-to-find-us"
ROUND = 8
"""Frames in which every retry has had its turn."""


def within_a_round(pictures: list[Pixels], turns: int = ROUND) -> str | None:
    looks = looks_at(pictures, turns)
    return next((code.text for codes in looks for code in codes), None)


def looks_at(pictures: list[Pixels], turns: int) -> list[list[Code]]:
    scanner = BarcodeScanner()
    return [scanner.look(grey(pictures[turn % len(pictures)])) for turn in range(turns)]


@pytest.mark.parametrize(
    "held",
    [
        {"glare": 0.4, "glare_x": 0.75, "glare_y": 0.6},
        {"contrast": 0.1},
        {"light": 0.09},
        {"cracked": 0.6},
        {"shadow": 0.9},
        {"blur": 3.0},
        {"motion": 8.0, "motion_angle": 40.0},
        {"tilt_x": 25.0, "tilt_y": -20.0, "size": 0.9},
        {"size": 0.35},
        {"angle": 137.0},
    ],
    ids=lambda held: next(iter(held)),
)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark-mode"])
def test_a_signed_reservation_on_a_phone_is_read(held: dict[str, Any], dark: bool) -> None:
    shown = phone(CODE, dark=dark)
    pictures = [frame(shown, seed=seed, **{"y_mm": 3.0, **held}) for seed in (1, 2)]
    assert within_a_round(pictures) == CODE


@pytest.mark.parametrize("symbology", ["PDF417", "Code128", "Aztec", "DataMatrix"])
@pytest.mark.parametrize("held", [{"light": 0.4}, {"contrast": 0.2}, {"angle": 174.0}], ids=str)
def test_codes_on_letters_and_cards_are_read(symbology: str, held: dict[str, Any]) -> None:
    shown = phone("LETTER-77", symbology)
    pictures = [frame(shown, seed=seed, **held) for seed in (1, 2)]
    assert within_a_round(pictures, 2 * ROUND) == "LETTER-77"


def test_a_single_picture_gets_every_retry_and_the_outline_is_where_the_code_is() -> None:
    """Splinters join the bars of a PDF417, and only blurring or enlarging parts them."""
    shown = phone("LETTER-77", "PDF417")
    (code,) = scan(grey(frame(shown, cracked=0.6, seed=2)))
    assert (code.text, code.symbology) == ("LETTER-77", "PDF417")
    (plain,) = scan(grey(frame(shown)))
    assert np.abs(code.outline - plain.outline).max() < 25


@pytest.mark.parametrize("name", ["lindqvist-utopia", "claes-belgium", "wang-china"])
def test_a_document_without_a_code_has_none(name: str) -> None:
    page = frame(drawing(name))
    assert within_a_round([page]) is None
    assert scan(grey(page)) == []


def test_a_linear_code_counts_only_when_it_is_seen_twice() -> None:
    """It has next to no error correction; of the first one there is a single sighting."""
    first, second = (frame(phone(text, "Code128")) for text in ("LETTER-7", "LETTER-8"))
    looks = looks_at([first] * (ROUND // 2) + [second] * (ROUND + ROUND // 2), 2 * ROUND)
    assert {code.text for codes in looks for code in codes} == {"LETTER-8"}


def test_sightings_far_apart_do_not_make_a_linear_code_certain() -> None:
    code, nothing = frame(phone("LETTER-7", "Code128")), frame(None)
    looks = looks_at([code] * 4 + [nothing] * (ROUND + 3) + [code], 2 * ROUND)
    assert not any(looks)


@pytest.mark.parametrize("across", [True, False], ids=["beside", "below"])
@pytest.mark.parametrize("texts", [(CODE, WEB), (WEB, CODE)], ids=["first", "second"])
def test_no_code_hides_another(texts: tuple[str, str], across: bool) -> None:
    """Confirmation letters have a code for the way there, too."""
    page = frame(letter(*((text, "QRCode") for text in texts), across=across))
    assert {Code(text, "QRCode") for text in texts} in map(set, looks_at([page], 2))


@pytest.mark.parametrize("symbology", ["Code128", "PDF417"])
def test_several_codes_that_have_to_be_seen_twice_are_read(symbology: str) -> None:
    both = [("AAAA-1111", symbology), ("BBBB-2222", symbology)]
    page = letter(*both, across=False)
    looks = looks_at([frame(page, seed=seed) for seed in (1, 2)], 2 * ROUND)
    assert {Code(*one) for one in both} in map(set, looks)


def test_a_code_that_is_there_twice_is_told_once() -> None:
    looks = looks_at([frame(letter((CODE, "QRCode"), (CODE, "QRCode")))], 1)
    assert looks == [[Code(CODE, "QRCode")]]


@pytest.mark.parametrize("turn", range(1, ROUND + 1))
def test_every_look_searches_for_qr_codes(turn: int) -> None:
    pictures = [frame(None)] * (turn - 1) + [frame(phone(CODE))]
    assert looks_at(pictures, turn)[-1] == [Code(CODE, "QRCode")]
