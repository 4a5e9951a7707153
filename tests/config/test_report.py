"""Lines about wrong keys."""

import pytest

from config.hall_profile import HallProfile
from config.report import did_you_mean, fields_at, key_path
from config.settings import MachineSettings


@pytest.mark.parametrize(
    ("loc", "path"),
    [
        (("desks", 0, "zone"), 'desks["4"].zone'),
        (("desks", 1, "zone"), "desks[#2].zone"),
        (("desks", 7), "desks[#8]"),
        (("name", "en", "[key]"), "name.en"),
        ((), ""),
    ],
)
def test_entries_of_lists_go_by_their_ids(loc: tuple[int | str, ...], path: str) -> None:
    assert key_path(loc, {"desks": [{"id": "4"}, {"id": 5}], "name": {"en": "x"}}) == path


def test_the_keys_of_a_place_are_known_through_lists_and_optional_values() -> None:
    assert fields_at(HallProfile, ("desks", 3)) == ("id", "zone", "services")
    assert "opens" in fields_at(HallProfile, ("opening_hours", "monday", 0))
    assert fields_at(MachineSettings, ("paths",)) == ("journal",)
    assert fields_at(MachineSettings, ("nowhere", 0, "at_all")) == ()


def test_the_nearest_word_is_proposed_or_all_are_listed() -> None:
    assert did_you_mean("Desk", ["desks", "zones"]) == "did you mean 'desks'?"
    assert did_you_mean("scanner", ["camera", "printer"]) == "known are: camera, printer"
    assert did_you_mean("x", []) == "none is known"
