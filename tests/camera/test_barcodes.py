"""Codes on phones as people hold them, and on paper: every one that is read is the right one."""

from typing import Any

import numpy as np
import pytest

from devices.camera.barcodes import BarcodeScanner, scan
from devices.camera.frame import Pixels
from kiosk.reservations.qr import sign
from tests.camera.pictures import drawing, frame, grey, phone
from tests.reservations.test_qr import KEY, RESERVATION

CODE = sign(RESERVATION, KEY)
ROUND = 8
"""Frames in which every retry has had its turn."""


def within_a_round(pictures: list[Pixels], turns: int = ROUND) -> str | None:
    scanner = BarcodeScanner()
    for turn in range(turns):
        code = scanner.look(grey(pictures[turn % len(pictures)]))
        if code is not None:
            return code.text
    return None


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


def test_a_linear_code_counts_only_when_it_is_seen_twice_in_a_row() -> None:
    """It has next to no error correction; of the first one there is a single sighting."""
    scanner = BarcodeScanner()
    first, second = (grey(frame(phone(text, "Code128"))) for text in ("LETTER-7", "LETTER-8"))
    codes = [scanner.look(first if turn < ROUND // 2 else second) for turn in range(2 * ROUND)]
    texts = [code.text for code in codes if code is not None]
    assert set(texts) == {"LETTER-8"}
