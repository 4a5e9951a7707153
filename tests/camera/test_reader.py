"""The reader on drawn frames: what it must read, and what it must never accept."""

from datetime import date
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.camera.mrz import MrzReader
from devices.camera.scene import Placement, lay
from devices.documents.drawing import Side
from tests.camera.pictures import SPECIMENS, bent, drawing, frame, grey, lines, phone

TODAY = date(2026, 11, 21)
READER = MrzReader()

ONE_OF_EACH = {
    "TD1": "claes-belgium",
    "TD2": "halvorsen-utopia-card",
    "TD3": "lindqvist-utopia",
    "MRV-A": "silva-visa-utopia",
    "MRV-B": "moreau-residence-permit",
}


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("angle", [2.0, 183.0])
def test_every_specimen_is_read_to_the_letter_upright_and_upside_down(
    name: str, angle: float
) -> None:
    sighting = READER.read(grey(frame(drawing(name), angle=angle)), today=TODAY)
    assert sighting is not None
    assert sighting.lines == lines(name)
    assert sighting.format == SPECIMENS[name].document.format
    assert sighting.certain


@pytest.mark.parametrize("name", ONE_OF_EACH.values())
@pytest.mark.parametrize(
    "placement",
    [
        {"angle": -14.0, "size": 0.9},
        {"tilt_x": 14.0, "tilt_y": -10.0, "size": 0.95},
        {"blur": 1.6},
        {"size": 0.5},
        {"light": 0.35},
        {"angle": 168.0, "tilt_x": -10.0, "size": 0.8, "blur": 0.8},
        {"angle": 90.0, "size": 0.85},
        {"angle": 271.0, "size": 0.85},
        {"tilt_x": 28.0, "tilt_y": 25.0, "size": 0.85},
        {"blur": 3.0},
        {"size": 0.42},
    ],
    ids=[
        "turned",
        "tilted",
        "blurred",
        "small",
        "dark",
        "all-at-once",
        "sideways",
        "other-side",
        "steep",
        "very-blurred",
        "tiny",
    ],
)
def test_badly_held_documents_are_read(name: str, placement: dict[str, Any]) -> None:
    sighting = READER.read(grey(frame(drawing(name), **placement)), today=TODAY)
    assert sighting is not None
    assert sighting.lines == lines(name)


@pytest.mark.parametrize("name", ["lindqvist-utopia", "claes-belgium"])
@pytest.mark.parametrize("angle", [0.0, 60.0, 180.0, 290.0])
def test_mirrored_documents_are_read(name: str, angle: float) -> None:
    mirrored = grey(frame(drawing(name), angle=angle, size=0.7, mirror=1.0))
    sighting = READER.read(mirrored, today=TODAY)
    assert sighting is not None
    assert sighting.lines == lines(name)


@pytest.mark.parametrize("hang", [-12.0, 12.0])
def test_pages_that_do_not_lie_flat_are_read(hang: float) -> None:
    picture = bent(grey(frame(drawing("lindqvist-utopia"), size=0.95)), hang)
    sighting = READER.read(picture, today=TODAY)
    assert sighting is not None
    assert sighting.lines == lines("lindqvist-utopia")


def test_of_two_documents_one_is_read() -> None:
    left = frame(drawing("lindqvist-utopia"), x_mm=-38, y_mm=-20, size=0.6)
    right = Placement(x_mm=42, y_mm=25, size=0.6, angle=90)
    sighting = READER.read(grey(lay(drawing("claes-belgium"), right, ground=left)), today=TODAY)
    assert sighting is not None
    assert sighting.lines in (lines("lindqvist-utopia"), lines("claes-belgium"))


@pytest.mark.parametrize("width", [340, 5200])
def test_stills_of_any_size_are_read(width: int) -> None:
    """A thumbnail whose letters are 5 pixels wide, and a scan of a whole sheet."""
    page = grey(drawing("lindqvist-utopia").image)
    if width < page.shape[1]:
        picture = cv2.resize(page, (width, width * 88 // 125), interpolation=cv2.INTER_AREA)
    else:
        picture = cv2.copyMakeBorder(
            page, 300, 4500, 2000, width - 2000 - page.shape[1], cv2.BORDER_CONSTANT, value=250
        )
    sighting = READER.read_still(np.asarray(picture, np.uint8), today=TODAY)
    assert sighting is not None
    assert sighting.lines == lines("lindqvist-utopia")


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_a_picture_turned_by_a_quarter_is_read_as_a_still(turn: int) -> None:
    picture = np.asarray(cv2.rotate(grey(frame(drawing("lindqvist-utopia"))), turn), np.uint8)
    sighting = READER.read_still(picture, today=TODAY)
    assert sighting is not None
    assert sighting.lines == lines("lindqvist-utopia")
    assert (sighting.outline >= 0).all()
    assert (sighting.outline[:, 0] < picture.shape[1]).all()
    assert (sighting.outline[:, 1] < picture.shape[0]).all()


@pytest.mark.parametrize("name", ONE_OF_EACH.values())
@pytest.mark.parametrize("angle", [47.0, 131.0, 222.0, 315.0])
def test_a_still_may_lie_in_any_direction(name: str, angle: float) -> None:
    sighting = READER.read_still(grey(frame(drawing(name), angle=angle, size=0.6)), today=TODAY)
    assert sighting is not None
    assert sighting.lines == lines(name)


def test_the_outline_encloses_the_zone() -> None:
    sighting = READER.read(grey(frame(drawing("lindqvist-utopia"))), today=TODAY)
    assert sighting is not None
    left, top = sighting.outline.min(axis=0)
    right, bottom = sighting.outline.max(axis=0)
    # 44 characters of 2.54 mm at 7.5 pixels per mm, in the lower quarter of the page
    assert right - left == pytest.approx(44 * 2.54 * 7.5, rel=0.03)
    assert top > 460
    assert bottom < 690


def test_upside_down_the_outline_begins_at_the_zones_own_top_left() -> None:
    sighting = READER.read(grey(frame(drawing("lindqvist-utopia"), angle=180)), today=TODAY)
    assert sighting is not None
    assert sighting.outline[0, 0] > sighting.outline[1, 0]
    assert sighting.outline[0, 1] > sighting.outline[3, 1]


@pytest.mark.parametrize("name", ["lindqvist-utopia", "claes-belgium", "moreau-residence-permit"])
def test_a_side_without_a_zone_gives_nothing_valid(name: str) -> None:
    front = SPECIMENS[name].document.format == "TD1"
    other = drawing(name, Side.FRONT if front else Side.BACK)
    sighting = READER.read_still(grey(frame(other)), today=TODAY)
    assert sighting is None or not sighting.inspection.valid


def test_phone_and_empty_tray_give_nothing() -> None:
    assert READER.read_still(grey(frame(phone("HK1:DEMO"))), today=TODAY) is None
    assert READER.read_still(grey(frame(None)), today=TODAY) is None


def test_ink_eaten_by_glare_is_never_certain_and_wrong() -> None:
    """An E without its lower bar is a perfect F, and a name has no check digit."""
    faded = 0
    for name in ("de-boer-netherlands", "claes-belgium", "vasconcelos-portugal"):
        for glare in (0.35, 0.45, 0.5, 0.55, 0.6):
            sighting = READER.read(grey(frame(drawing(name), glare=glare)), today=TODAY)
            if sighting is None:
                continue
            faded += bool(sighting.faded.any())
            assert sighting.lines == lines(name) or not sighting.certain
    assert faded


@given(st.integers(0, 2**32 - 1), st.sampled_from(["noise", "stripes", "checks", "flat"]))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_texture_without_text_is_survived_and_never_valid(seed: int, kind: str) -> None:
    rng = np.random.default_rng(seed)
    height, width = int(rng.integers(1, 400)), int(rng.integers(1, 640))
    y, x = np.mgrid[0:height, 0:width]
    if kind == "noise":
        picture = rng.integers(0, 256, (height, width))
    elif kind == "flat":
        picture = np.full((height, width), int(rng.integers(0, 256)))
    else:
        rows = y // int(rng.integers(4, 24)) if kind == "checks" else 0
        picture = ((x // int(rng.integers(2, 30)) + rows) % 2) * 255
    sighting = READER.read(picture.astype(np.uint8), today=TODAY)
    assert sighting is None or not sighting.certain


def test_cut_off_zones_are_not_certain() -> None:
    """A part of the zone outside the picture must not become a shorter format.

    At 34 mm the picture ends within the last character but one.
    """
    for shift in (-60.0, -34.0, 34.0, 60.0):
        picture = grey(frame(drawing("lindqvist-utopia"), x_mm=shift))
        sighting = READER.read_still(picture, today=TODAY)
        assert sighting is None or not sighting.certain


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (700, 1), (1, 9000), (5, 5)])
def test_pictures_of_odd_shapes_are_survived(shape: tuple[int, int]) -> None:
    assert READER.read_still(np.full(shape, 128, np.uint8), today=TODAY) is None
