"""Which pictures are of the same placement, and which of them is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.camera.frame import Pixels
from devices.camera.grouping import Grouping, Placement
from devices.camera.patterns import LIGHTS

WAIT, HOLD = 1.5, 10.0


def picture(value: int) -> Pixels:
    return np.full((2, 2, 3), value, np.uint8)


def values(placement: Placement | None) -> dict[str, int] | None:
    if placement is None:
        return None
    return {light: int(still.pixels[0, 0, 0]) for light, still in placement.items()}


class Scanner:
    """Pictures as they come: each has another value."""

    def __init__(self, *lights: str) -> None:
        self.grouping = Grouping(frozenset(lights or LIGHTS), patience=WAIT, hold=HOLD)
        self.now = 0.0

    def gives(self, now: float, **pictures: int) -> dict[str, int] | None:
        """``a_ir=3``: the infrared picture of placement a; ``ir=3``: of no known one."""
        for name, value in pictures.items():
            id_, _, light = name.rpartition("_")
            self.grouping.add(id_, light, picture(value), now)
        return self.at(now)

    def at(self, now: float) -> dict[str, int] | None:
        return values(self.grouping.look(now))


def test_pictures_are_shown_when_all_are_there_infrared_first() -> None:
    scanner = Scanner()
    assert scanner.gives(0.0, a_uv=1, a_white=2) is None
    shown = scanner.gives(0.5, a_ir=3)
    assert shown is not None
    assert list(shown.items()) == [("ir", 3), ("white", 2), ("uv", 1)]


def test_a_light_that_never_comes_is_not_waited_for_for_ever() -> None:
    scanner = Scanner()
    assert scanner.gives(0.0, a_white=2) is None
    assert scanner.at(1.4) is None
    assert scanner.at(1.5) == {"white": 2}


def test_it_is_the_same_object_until_something_comes() -> None:
    scanner = Scanner("white")
    scanner.gives(0.0, a_white=1)
    shown = scanner.grouping.look(0.1)
    assert scanner.grouping.look(5.0) is shown
    scanner.gives(6.0, b_white=2)
    assert scanner.grouping.look(6.0) is not shown


@pytest.mark.parametrize("id_", ["a_", ""])
def test_a_late_ultraviolet_picture_takes_nothing_away(id_: str) -> None:
    scanner = Scanner()
    scanner.gives(0.0, **{f"{id_}white": 1, f"{id_}ir": 2})
    assert scanner.at(1.6) == {"ir": 2, "white": 1}
    scanner.gives(2.1, **{f"{id_}uv": 3})
    assert scanner.at(3.6) == {"ir": 2, "white": 1, "uv": 3}
    scanner.gives(4.0, **{f"{id_}uv": 4})
    assert scanner.at(5.5) == {"ir": 2, "white": 1, "uv": 4}


def test_a_late_picture_joins_its_placement_at_once_and_nothing_gets_another_number() -> None:
    scanner = Scanner("ir", "white")
    scanner.gives(0.0, a_white=1)
    before = scanner.grouping.look(1.5)
    assert scanner.gives(2.0, a_ir=2) == {"ir": 2, "white": 1}
    after = scanner.grouping.look(2.0)
    assert before is not None
    assert after is not None
    assert after["white"].number == before["white"].number != after["ir"].number


def test_a_latecomer_of_a_placement_before_is_dropped() -> None:
    scanner = Scanner("ir", "white")
    scanner.gives(0.0, a_white=1)
    assert scanner.at(1.5) == {"white": 1}
    assert scanner.gives(2.0, b_white=3, b_ir=4) == {"ir": 4, "white": 3}
    assert scanner.gives(2.5, a_ir=2) == {"ir": 4, "white": 3}
    assert scanner.at(9.0) == {"ir": 4, "white": 3}


def test_what_was_laid_down_before_never_replaces_what_came_after_it() -> None:
    scanner = Scanner("ir", "white")
    scanner.gives(0.0, a_white=1)
    assert scanner.gives(1.0, b_white=3, b_ir=4) == {"ir": 4, "white": 3}
    assert scanner.at(1.5) == {"ir": 4, "white": 3}


def test_a_number_that_is_used_again_is_another_placement() -> None:
    scanner = Scanner("ir", "white")
    assert scanner.gives(0.0, a_white=1, a_ir=2) == {"ir": 2, "white": 1}
    assert scanner.gives(3.0, a_white=3) == {"ir": 2, "white": 1}
    assert scanner.gives(3.2, a_ir=4) == {"ir": 4, "white": 3}


def test_names_without_a_number_are_grouped_by_the_time_they_come() -> None:
    scanner = Scanner("ir", "white")
    assert scanner.gives(0.0, white=1) is None
    assert scanner.gives(1.0, ir=2) == {"ir": 2, "white": 1}
    assert scanner.gives(3.0, ir=3) == {"ir": 2, "white": 1}
    assert scanner.gives(3.5, white=4) == {"ir": 3, "white": 4}


def test_names_without_a_number_that_come_apart_are_never_mixed() -> None:
    scanner = Scanner("ir", "white")
    scanner.gives(0.0, white=1)
    assert scanner.at(1.5) == {"white": 1}
    scanner.gives(4.0, ir=2)
    assert scanner.at(5.5) == {"ir": 2}, "it may be of the next document"
    scanner.gives(6.0, white=3)
    assert scanner.gives(6.5, white=4) == {"ir": 2}, "another one, before the first was complete"
    assert scanner.gives(6.7, ir=5) == {"ir": 5, "white": 4}


def test_the_time_is_over_after_the_last_picture() -> None:
    scanner = Scanner()
    scanner.gives(0.0, a_white=1)
    scanner.at(1.5)
    assert scanner.gives(8.0, a_ir=2) == {"ir": 2, "white": 1}
    assert scanner.at(17.9) == {"ir": 2, "white": 1}
    assert scanner.at(18.0) is None


arrivals = st.lists(
    st.tuples(st.floats(0.05, 4), st.sampled_from(["", "a_", "b_"]), st.sampled_from(LIGHTS)),
    max_size=12,
)


@given(arrivals, st.booleans())
@settings(max_examples=150, deadline=None)
def test_ultraviolet_alone_never_displaces_pictures_of_its_placement(
    coming: list[tuple[float, str, str]], named: bool
) -> None:
    """And whatever is shown is of one placement, with each light's newest picture of it."""
    scanner, now = Scanner(), 0.0
    ids: dict[int, str] = {}
    before: dict[str, int] | None = None
    for value, (pause, id_, light) in enumerate(coming):
        for _ in range(int(pause / 0.5)):
            before = looked(scanner, now := now + 0.5, before, ids)
        prefix = id_ if named else ""
        ids[value] = prefix
        scanner.grouping.add(prefix.rstrip("_"), light, picture(value), now)
        before = looked(scanner, now, before, ids)


def looked(
    scanner: Scanner, now: float, before: dict[str, int] | None, ids: dict[int, str]
) -> dict[str, int] | None:
    shown = scanner.at(now)
    if shown is None:
        return None
    assert len({ids[value] for value in shown.values()}) == 1
    if before is not None and shown.keys() == {"uv"} and before.keys() != {"uv"}:
        assert ids[shown["uv"]] != ids[next(iter(before.values()))]
    return shown
