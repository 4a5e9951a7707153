"""Black and frozen pictures over time; a document's dark cover is neither."""

import cv2
import numpy as np

from devices.camera.frame import Frame, Pixels
from devices.camera.health import Health
from devices.camera.scene import empty_tray
from devices.documents.drawing import Side
from tests.camera.pictures import drawing, frame


def health_after(pictures: list[Pixels], *, still: bool = False, step: float = 0.5) -> Health:
    health = Health(still=still)
    for number, picture in enumerate(pictures):
        health.look(Frame(picture, 10.0 + number * step))
    return health


def noisy(count: int) -> list[Pixels]:
    return [frame(None, seed=seed) for seed in range(count)]


def test_a_working_camera_has_no_fault() -> None:
    assert health_after(noisy(8)).fault == ""


def test_black_is_a_fault_after_a_while_and_ends_with_the_next_picture() -> None:
    black = [empty_tray() * 0 + (seed % 3) for seed in range(8)]
    assert health_after(black[:2]).fault == ""
    assert "black" in health_after(black).fault
    assert health_after([*black, frame(None)]).fault == ""


def test_frozen_is_a_fault_unless_the_source_is_a_still_picture() -> None:
    same = [frame(None)] * 8
    assert "frozen" in health_after(same).fault
    assert health_after(same[:3]).fault == ""
    assert health_after(same, still=True).fault == ""
    assert health_after([*same, frame(None, seed=2)]).fault == ""


def test_a_dark_cover_is_not_black() -> None:
    cover = drawing("wang-china", Side.BACK)
    assert health_after([frame(cover, seed=seed, light=0.4) for seed in range(6)]).fault == ""


def test_a_clipped_picture_is_not_frozen() -> None:
    """A bright screen fills the view: no noise is left by which frames could be told apart."""
    white = np.full_like(empty_tray(), 255)
    health = health_after([white] * 8)
    assert health.fault == ""
    assert not health.repeated, "or nobody would be told what to do about it"
    printed = white.copy()
    cv2.putText(printed, "HELLO", (100, 400), cv2.FONT_HERSHEY_SIMPLEX, 9, (20, 20, 20), 30)
    assert "frozen" in health_after([printed] * 8).fault
