"""Lines through drawn maps, and zones that lie bent."""

import numpy as np
import pytest

from devices.camera.mrz.line_fit import fitted
from devices.camera.mrz.network import Maps
from devices.camera.mrz.zone import zone_between

STRIDES = (4, 2)


def painted(*lines: tuple[float, float, float, float, float]) -> Maps:
    """A map of 96 x 48 cells with lines (x0, x1, y at x0, slope, bend), 5 pixels tall."""
    fine = np.zeros((96, 384), np.float32)
    y, x = np.mgrid[0:96, 0:384]
    for x0, x1, height, slope, bend in lines:
        middle = height + slope * (x - x0) + bend * ((x - 192) / 192) ** 2
        fine[(np.abs(y - middle) <= 2.5) & (x >= x0) & (x < x1)] = 1
    return np.asarray(fine.reshape(48, 2, 96, 4).mean(axis=(1, 3)), np.float32)


@pytest.mark.parametrize("slope", [-0.05, 0.0, 0.06])
@pytest.mark.parametrize("bend", [-9.0, 0.0, 7.0])
def test_lines_are_found_to_parts_of_a_cell(slope: float, bend: float) -> None:
    drawn = [(41.0, 339.0, 38.0, slope, bend), (42.0, 341.0, 58.0, slope, bend)]
    first, second = fitted(painted(*drawn), STRIDES)
    for line, (x0, x1, height, _, _) in zip((first, second), drawn, strict=True):
        assert line.x0 == pytest.approx(x0, abs=1.6)
        assert line.x1 == pytest.approx(x1, abs=1.6)
        for x in (60, 190, 320):
            expected = height + slope * (x - x0) + bend * ((x - 192) / 192) ** 2
            assert line.at(x) == pytest.approx(expected, abs=0.8)


def test_a_line_that_is_broken_by_glare_is_one() -> None:
    whole = (40.0, 340.0, 30.0, 0.02, 0.0)
    parts = [(40.0, 150.0, 50.0, 0.02, 0.0), (190.0, 340.0, 53.0, 0.02, 0.0)]
    lines = fitted(painted(whole, *parts), STRIDES)
    assert len(lines) == 2
    assert lines[1].x0 == pytest.approx(40, abs=1.6)
    assert lines[1].x1 == pytest.approx(340, abs=1.6)


def test_what_is_much_shorter_than_the_others_is_no_line() -> None:
    drawn = [(40.0, 340.0, y, 0.0, 0.0) for y in (40.0, 60.0)]
    assert len(fitted(painted((40.0, 150.0, 20.0, 0.0, 0.0), *drawn), STRIDES)) == 2


def test_nothing_gives_no_line() -> None:
    assert fitted(np.zeros((48, 96), np.float32), STRIDES) == []


def test_a_bent_zone_passes_through_its_ends_and_keeps_its_lines_when_they_move() -> None:
    ends = np.array([[100, 200], [500, 210], [100, 230], [500, 242]], np.float64)
    zone = zone_between(ends, 400, 0.5)
    assert zone is not None
    corners = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float64)
    assert np.allclose(zone.seen(corners), ends)
    middle = zone.seen(np.array([[0.5, 0.0]]))[0]
    assert middle[1] == pytest.approx(205 + 0.5 * 31, abs=1)
    part = zone.with_ends(np.array([[0.25, 0.75], [0.25, 0.75]]))
    for x in (0.0, 0.5, 1.0):
        moved, kept = part.seen(np.array([[x, 1.0]])), zone.seen(np.array([[0.25 + x / 2, 1.0]]))
        assert np.abs(moved - kept).max() < 1.5
    assert part.width == 200


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("worn", [0, 1])
@pytest.mark.parametrize("left", [True, False])
def test_an_end_that_was_not_found_is_below_the_others(count: int, worn: int, left: bool) -> None:
    drawn = [(41.0, 339.0, 25.0 + 20 * number, 0.0, 0.0) for number in range(count)]
    drawn[worn] = (111.0 if left else 41.0, 339.0 if left else 269.0, *drawn[worn][2:])
    for line in fitted(painted(*drawn), STRIDES):
        assert line.x0 == pytest.approx(41, abs=1.6)
        assert line.x1 == pytest.approx(339, abs=1.6)


def test_ends_that_lean_stay_as_they_are() -> None:
    drawn = [(41.0 + 8 * number, 339.0 + 7 * number, 25.0 + 20 * number, 0.0, 0.0)
             for number in range(3)]  # fmt: skip
    for line, (x0, x1, *_) in zip(fitted(painted(*drawn), STRIDES), drawn, strict=True):
        assert line.x0 == pytest.approx(x0, abs=1.6)
        assert line.x1 == pytest.approx(x1, abs=1.6)
