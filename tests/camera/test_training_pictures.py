"""What the networks are fitted to: the same seed draws the same, and labels say what is drawn."""

from typing import Any

import numpy as np
import pytest

from devices.camera.mrz.line_finder import CROP, STRIDES
from devices.camera.mrz.places import STRIDE
from devices.camera.mrz.recogniser import BLANK, STRIP_HEIGHT
from devices.camera.training import cuts, spoil
from devices.camera.training.line_pictures import STRIP_WIDTH, draw_line
from devices.camera.training.pages import draw_page
from devices.camera.training.scenes import FRAME, draw_crop, draw_frame
from devices.camera.training.spoil import Loudness
from devices.camera.training.texts import line_text, zone_text
from devices.documents.mrz.checkdigit import ALPHABET

SEED = 3


@pytest.fixture(autouse=True)
def few_papers_and_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoil, "PAPERS", 3)
    monkeypatch.setattr(cuts, "COUNT", 4)


def rng(number: int = 1) -> np.random.Generator:
    return np.random.default_rng([SEED, number])


@pytest.mark.parametrize("draw", [draw_line, draw_frame, draw_crop])
def test_the_same_seed_draws_the_same(draw: Any) -> None:
    for one, other in zip(draw(rng(), SEED), draw(rng(), SEED), strict=True):
        assert np.array_equal(one, other)
    assert not np.array_equal(draw(rng(), SEED)[0], draw(rng(2), SEED)[0])


def test_texts_are_lines_of_the_alphabet() -> None:
    for number in range(50):
        lines = zone_text(rng(number))
        assert (len(lines), len(lines[0])) in {(2, 36), (2, 44), (3, 30)}
        assert all(set(line) <= set(ALPHABET) and len(line) == len(lines[0]) for line in lines)
        assert len(line_text(rng(number), 36)) == 36


def test_a_line_is_labelled_with_the_ink_in_it() -> None:
    """What is labelled with a character is darker or lighter than what is between them."""
    inked = []
    for number in range(40):
        strip, labels = draw_line(rng(number), SEED)
        assert strip.shape == (STRIP_HEIGHT, STRIP_WIDTH)
        assert labels.shape == (STRIP_WIDTH // STRIDE,)
        assert 20 <= np.sum((labels[1:] != BLANK) & (labels[:-1] == BLANK)) <= 45
        activity = strip[6:26].std(axis=0).reshape(-1, STRIDE).mean(axis=1)
        inked.append(activity[labels != BLANK].mean() / (activity[labels == BLANK].mean() + 1e-3))
    assert np.median(inked) > 1.3


def test_frames_are_labelled_with_zones_and_their_directions() -> None:
    with_zone = 0
    for number in range(20):
        picture, maps = draw_frame(rng(number), SEED)
        assert picture.shape == FRAME[::-1]
        zone = maps[0] > 0
        with_zone += bool(zone.any())
        assert np.allclose(np.hypot(maps[1], maps[2]), zone)
    assert 8 <= with_zone <= 19


def test_crops_are_labelled_with_lines_of_one_of_four_ways() -> None:
    seen = set()
    for number in range(30):
        picture, classes = draw_crop(rng(number), SEED)
        assert picture.shape == CROP[::-1]
        assert classes.shape == (CROP[1] // STRIDES[1], CROP[0] // STRIDES[0])
        ways = set(np.unique(classes)) - {0}
        assert len(ways) <= 1
        seen |= ways
    assert seen == {1, 2, 3, 4}


def test_lines_of_pages_are_where_their_letters_are() -> None:
    """On pages that do not lie flat too."""
    bent, inked = 0, []
    for number in range(12):
        page = draw_page(rng(number), SEED, Loudness(0.1, 1.3, 2.5), zone=True)
        spacing = page.lines[1, 0, 1] - page.lines[0, 0, 1]
        for line in page.lines:
            x = np.arange(line[0, 0] + 2, line[-1, 0] - 2)
            y = np.interp(x, line[:, 0], line[:, 1])
            bent += abs(y[len(y) // 2] - (y[0] + y[-1]) / 2) > 1
            on, beside = (
                page.picture[np.rint(y + off).astype(int), np.rint(x).astype(int)].std()
                for off in (0, -spacing / 2)
            )
            inked.append(on / (beside + 1e-3))
    assert bent
    assert np.median(inked) > 1.5
