"""What the networks are fitted to: the same seed draws the same, and labels say what is drawn."""

from typing import Any

import numpy as np
import pytest

from devices.camera.mrz.line_finder import CROP, STRIDES
from devices.camera.mrz.places import STRIDE
from devices.camera.mrz.recogniser import BLANK, STRIP_HEIGHT
from devices.camera.training import cuts, spoil
from devices.camera.training.line_pictures import STRIP_WIDTH, draw_line
from devices.camera.training.scenes import FRAME, draw_crop, draw_frame
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


def test_crops_are_labelled_with_two_or_three_lines() -> None:
    turned = 0
    for number in range(20):
        picture, classes = draw_crop(rng(number), SEED)
        assert picture.shape == CROP[::-1]
        assert classes.shape == (CROP[1] // STRIDES[1], CROP[0] // STRIDES[0])
        kinds = set(np.unique(classes))
        assert kinds in ({0}, {0, 1}, {0, 2})
        turned += kinds == {0, 2}
    assert turned
