"""The reader's networks one by one: what each hands to the next."""

import numpy as np
import pytest

from devices.camera.mrz.line_finder import LineFinder
from devices.camera.mrz.locator import Locator
from devices.camera.mrz.network import MODELS
from devices.camera.mrz.picture import Pyramid
from devices.camera.mrz.places import best_places
from devices.camera.mrz.recogniser import BLANK, Recogniser
from devices.documents.mrz.checkdigit import ALPHABET
from tests.camera.pictures import drawing, frame, grey, lines

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
def test_the_locator_tells_where_the_zone_is_and_which_way_it_runs(angle: float) -> None:
    picture = grey(frame(drawing(PASSPORT), angle=angle, size=0.7))
    # an angle is anticlockwise, and y points downwards
    turn = np.radians(-angle)
    along, down = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    # the middle of the zone is 32.4 mm below the middle of the page
    middle = np.array([639.5, 359.5]) + 0.7 * 7.5 * 32.4 * down
    bands = LOCATOR.find(picture) + LOCATOR.find(picture, 448)
    # a part of the zone is enough: the line finder follows its lines
    assert any(
        abs(abs(band.direction @ along) - 1) < 0.02
        and abs((band.middle - middle) @ down) < 20
        and abs((band.middle - middle) @ along) < 0.7 * 7.5 * 22 * 2.54
        for band in bands
    )


@pytest.mark.parametrize(("name", "count", "length"), [(PASSPORT, 2, 44), (CARD, 3, 30)])
@pytest.mark.parametrize("turned", [False, True])
def test_lines_are_straightened_the_right_way_up(
    name: str, count: int, length: int, turned: bool
) -> None:
    """Even when the locator has taken them for upside-down."""
    picture = grey(frame(drawing(name), angle=180.0 if turned else 0.0))
    band = LOCATOR.find(picture)[0]
    flipped = type(band)(band.middle, -band.direction, band.length, band.weight)
    for seen in (band, flipped):
        zone = LINE_FINDER.find(Pyramid(picture), seen)
        assert zone is not None
        assert zone.count == count
        assert zone.width == pytest.approx(length * 2.54 * 7.5, rel=0.05)
        reading = RECOGNISER.read(Pyramid(picture), zone)
        text = "".join(ALPHABET[i] for i in reading.scores.argmax(axis=1))
        assert reading.length == length
        assert sum(a != b for a, b in zip(text, "".join(lines(name)), strict=True)) <= 2


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
