"""What two looks at one zone say together."""

import numpy as np
import pytest

from devices.camera.mrz.sighting import between
from tests.camera.zones import CLEAR, PASSPORT, TODAY, scores, sighting

X_FOR_E = (1, 6, "X")
"""Another letter for the first one of ERIKSSON."""
PLACE = 5


def test_the_look_that_is_surer_prevails() -> None:
    doubtful, sure = sighting(scores((*X_FOR_E, -1.0))), sighting(scores((*X_FOR_E, 9.0)))
    assert doubtful.lines != PASSPORT
    together = between(doubtful, sure, TODAY)
    assert together.lines == PASSPORT
    assert together.text.decoded.margins[PLACE] == pytest.approx(4.0)


def test_where_they_differ_the_reading_is_not_certain() -> None:
    doubtful, sure = sighting(scores((*X_FOR_E, -1.0))), sighting(scores((*X_FOR_E, 9.0)))
    assert sure.certain
    together = between(sure, doubtful, TODAY)
    assert np.flatnonzero(together.doubts).tolist() == [PLACE]


def test_what_both_see_clearly_stays_clear() -> None:
    together = between(sighting(scores()), sighting(scores()), TODAY)
    assert together.certain
    assert together.text.decoded.margins.min() == CLEAR


def test_the_place_in_the_picture_is_the_first_ones() -> None:
    one, other = sighting(scores()), sighting(scores())
    assert between(one, other, TODAY).outline is one.outline


def test_a_sighting_tells_its_shape() -> None:
    assert sighting(scores()).shape == (2, 44)
