"""The drawn pictures on which the reader is judged: fixed, of every condition, with their truth."""

from itertools import islice, pairwise

import cv2
import numpy as np
import pytest

from benchmarks.calibrate_mrz import Case, outcome
from benchmarks.mrz_pictures import CONDITIONS, shots, without_zone
from benchmarks.mrz_placements import placings, placings_without_zone
from devices.camera.mrz.certainty import Threshold
from devices.documents.mrz import inspect
from tests.camera.zones import TODAY


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_same_seed_gives_the_same_picture_of_valid_documents(condition: str) -> None:
    (one,), (other,) = list(shots(condition, 1)), list(shots(condition, 1))
    np.testing.assert_array_equal(one.grey, other.grey)
    assert one.grey.shape == (720, 1280)
    assert len(one.zones) == (2 if condition == "two" else 1)
    assert all(inspect(lines, today=TODAY).valid for lines in one.zones)


def test_another_seed_gives_other_documents() -> None:
    seen = {shot.zones for seed in (1, 2) for shot in shots("clean", 2, seed)}
    assert len(seen) == 4


def test_the_frames_of_a_placement_come_to_rest_and_are_never_the_same() -> None:
    (placing,) = placings("clean", 1, 8)
    frames = [frame.astype(np.int16) for frame in placing.frames]
    changes = [float(np.abs(b - a).mean()) for a, b in pairwise(frames)]
    assert len(frames) == 8
    assert min(changes) > 1, "the sensor's noise is another one in every frame"
    assert changes[0] > changes[-1]


def test_a_reflection_wanders_over_the_document() -> None:
    (placing,) = placings("glare", 1, 8)
    blurred = (cv2.blur(frame, (61, 61)) for frame in placing.frames)
    brightest = [np.unravel_index(int(frame.argmax()), frame.shape) for frame in blurred]
    assert int(np.ptp(brightest, axis=0).max()) > 50


def test_there_are_documents_without_a_zone() -> None:
    assert len(list(without_zone(1))) == 1
    (placing,) = placings_without_zone(1, 2)
    assert placing.zones == ()
    assert len(list(islice(placing.frames, 5))) == 2


def test_calibration_counts_what_is_accepted_first() -> None:
    wrong, right = Case(right=False, checked=2, blind=4), Case(right=True, checked=3, blind=6)
    courses = [[wrong, right], [right], []]
    assert outcome(courses, Threshold(checked=1, blind=5)) == (200 / 3, 0)
    assert outcome(courses, Threshold(checked=1, blind=3)) == (100 / 3, 1)
    assert outcome(courses, Threshold(checked=9, blind=9)) == (0, 0)
