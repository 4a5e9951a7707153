"""How services are handled in a hall."""

import pytest

from config.loading import load_catalogue, load_hall
from kiosk.hall.services import NotOfferedError, handling

CATALOGUE = load_catalogue()
URBAN = load_hall("urban", CATALOGUE)
SUBURBAN = load_hall("suburban", CATALOGUE)
STATION = load_hall("station", CATALOGUE)


def test_one_service_is_handled_as_the_catalogue_says() -> None:
    how = handling(("enquiry",), STATION, CATALOGUE)
    assert (how.needs, how.series, how.minutes, how.walk_in) == (
        frozenset({"enquiry"}),
        "N",
        5,
        True,
    )


def test_what_a_joint_service_combines_is_that_joint_service() -> None:
    how = handling(("residence-work", "work-permit"), SUBURBAN, CATALOGUE)
    assert (how.needs, how.series) == (frozenset({"work-joint"}), "C")
    assert how.service_ids == ("residence-work", "work-permit")
    assert handling(("work-joint",), SUBURBAN, CATALOGUE).needs == how.needs


def test_several_services_without_a_joint_one_need_a_desk_that_does_them_all() -> None:
    how = handling(("work-permit", "residence-work"), URBAN, CATALOGUE)
    assert how.needs == {"work-permit", "residence-work"}
    assert how.minutes == 35
    with pytest.raises(NotOfferedError, match="no desk of this hall handles these"):
        handling(("work-permit", "enquiry"), URBAN, CATALOGUE)


def test_permanent_residence_is_by_reservation_only() -> None:
    assert not handling(("permanent-residence",), URBAN, CATALOGUE).walk_in


@pytest.mark.parametrize("services", [(), ("enquiry", "enquiry"), ("work-permit",), ("nothing",)])
def test_what_the_hall_does_not_offer_is_refused(services: tuple[str, ...]) -> None:
    with pytest.raises(NotOfferedError):
        handling(services, STATION, CATALOGUE)
