"""The reader's networks one by one: what each hands to the next."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from devices.camera.mrz.line_finder import LineFinder
from devices.camera.mrz.locator import Band, Locator
from devices.camera.mrz.network import MODELS
from devices.camera.mrz.picture import Grey, Pyramid
from devices.camera.mrz.places import best_places
from devices.camera.mrz.recogniser import BLANK, Recogniser
from devices.camera.mrz.zone import Zone
from devices.camera.scene import Placement, lay
from devices.documents.mrz.checkdigit import ALPHABET
from tests.camera.pictures import bent, drawing, frame, grey, lines

LOCATOR = Locator()
LINE_FINDER = LineFinder()
RECOGNISER = Recogniser()
PASSPORT = "lindqvist-utopia"
CARD = "claes-belgium"


def test_the_models_together_stay_small() -> None:
    sizes = [path.stat().st_size for path in MODELS.glob("*.onnx")]
    assert len(sizes) == 3
    assert sum(sizes) < 4e6


@pytest.mark.parametrize("angle", [0, 30, 90, 135, 180, 225, 270, 330])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("size", [0.42, 0.7])
def test_the_locator_tells_where_the_zone_is_and_which_way_it_runs(
    angle: float, size: float, mirrored: bool
) -> None:
    picture = grey(frame(drawing(PASSPORT), angle=angle, size=size, mirror=float(mirrored)))
    # an angle is anticlockwise, and y points downwards
    turn = np.radians(-angle)
    along, down = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    # the middle of the zone is 32.4 mm below the middle of the page
    middle = np.array([639.5, 359.5]) + size * 7.5 * 32.4 * down
    if mirrored:
        along, down = along * (-1, 1), down * (-1, 1)
        middle[0] = 1279 - middle[0]
    pitch = size * 7.5 * 2.54
    assert any(
        (abs(band.direction @ along) if mirrored else band.direction @ along) > 0.98
        and abs((band.middle - middle) @ down) < 2 * pitch
        and abs((band.middle - middle) @ along) < 6 * pitch
        and band.length == pytest.approx(44 * pitch, abs=12 * pitch)
        for band in LOCATOR.find(Pyramid(picture))
    )


def test_the_locator_sees_two_documents() -> None:
    tray = frame(drawing(PASSPORT), x_mm=-38, y_mm=-20, size=0.6)
    both = grey(lay(drawing(CARD), Placement(x_mm=42, y_mm=25, size=0.6, angle=90), ground=tray))
    first, second = islice(LOCATOR.find(Pyramid(both)), 2)
    left, right = sorted((first, second), key=lambda band: float(band.middle[0]))
    assert left.direction @ (1, 0) > 0.98
    assert right.direction @ (0, -1) > 0.98


def test_the_locator_sees_nothing_on_an_empty_tray() -> None:
    assert not list(LOCATOR.find(Pyramid(grey(frame(None)))))


def as_read(picture: Grey, name: str, band: Band) -> Zone:
    """The zone, of one or two that the line finder finds, whose lines read as they should."""
    zones = LINE_FINDER.find(Pyramid(picture), band)
    assert 1 <= len(zones) <= 2
    for zone in zones:
        reading = RECOGNISER.read(Pyramid(picture), zone)
        text = "".join(ALPHABET[i] for i in reading.scores.argmax(axis=1))
        expected = "".join(lines(name))
        if len(text) == len(expected) and sum(map(str.__ne__, text, expected)) <= 2:
            return zone
    raise AssertionError("no way to read the lines gives the text")


@pytest.mark.parametrize(("name", "count", "length"), [(PASSPORT, 2, 44), (CARD, 3, 30)])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("mirrored", [False, True])
def test_lines_are_straightened_as_they_are_read(
    name: str, count: int, length: int, turned: bool, mirrored: bool
) -> None:
    """Even when the locator has taken them for upside-down."""
    placed = frame(drawing(name), angle=180.0 if turned else 0.0, mirror=float(mirrored))
    picture = grey(placed)
    band = next(LOCATOR.find(Pyramid(picture)))
    for seen in (band, replace(band, direction=-band.direction)):
        zone = as_read(picture, name, seen)
        assert zone.count == count
        assert zone.width == pytest.approx(length * 2.54 * 7.5, rel=0.05)


@pytest.mark.parametrize("part", [-0.3, 0.3])
def test_lines_are_followed_beyond_the_band(part: float) -> None:
    picture = grey(frame(drawing(PASSPORT)))
    band = next(LOCATOR.find(Pyramid(picture)))
    some = replace(band, middle=band.middle + part * band.length * band.direction,
                   length=0.5 * band.length)  # fmt: skip
    assert as_read(picture, PASSPORT, some).width == pytest.approx(44 * 2.54 * 7.5, rel=0.05)


@pytest.mark.parametrize("hang", [-14.0, 14.0])
@pytest.mark.parametrize("turned", [False, True])
def test_lines_of_a_bent_page_are_followed(hang: float, turned: bool) -> None:
    """``hang``: pixels by which the middle of the page is below its sides."""
    picture = bent(grey(frame(drawing(PASSPORT), angle=180.0 if turned else 0.0)), hang)
    zone = as_read(picture, PASSPORT, next(LOCATOR.find(Pyramid(picture))))
    spacing = 6.35 * 7.5
    assert zone.bow * (-1 if turned else 1) == pytest.approx(hang * 0.8 / spacing, rel=0.3)


@pytest.mark.parametrize("length", [36, 44])
@pytest.mark.parametrize("shift", [-0.2, 0.0, 1.2])
def test_places_are_found_when_the_ends_are_not(length: int, shift: float) -> None:
    width, columns = 640, np.arange(160) * 4 + 1.5
    pitch = 592 / length * 0.97
    middles = 24 + pitch * (0.5 + shift) + np.arange(length) * pitch
    away = np.abs(columns[:, None] - middles).min(axis=1) / pitch
    present = (away < 0.3).astype(np.float32)
    found = {n: best_places(present[None], n, width) for n in (36, 44)}
    fit, (places,) = found[length]
    assert fit > found[80 - length][0] + 0.2
    assert np.abs(places - middles).max() < 0.35 * pitch


def test_blank_is_what_follows_the_alphabet() -> None:
    assert len(ALPHABET) == BLANK
