"""Every screen has the room it needs, also below the strip that says that it is for training."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.hall.model import Reservation, Ticket, WaitRange
from kiosk.visit.failures import Failure
from kiosk.visit.stages import (
    Attract,
    Choice,
    ChoosingReservation,
    Confirming,
    PrintFailed,
    TicketPrinted,
    TooEarly,
    WrongHall,
)
from tests.ui.conftest import SIZES
from tests.ui.layout import layout_problems, room_problems
from tests.ui.screen_driver import ScreenDriver, kind_of
from tests.ui.test_screens import LANGUAGES, PLACE, SAMPLES
from ui.presentation.place import Place
from ui.samples import NOW, VISITOR, Sample

EVERY_SERVICE = [
    Sample(f"Confirming-{one.id}", Confirming(VISITOR, Choice((one.id,), None)))
    for one in PLACE.catalogue.services
]
RESERVATION = Reservation("r1", PLACE.hall.id, ("work-permit",), NOW, NOW + timedelta(minutes=20))
TICKET = Ticket(
    id="t1",
    hall_id=PLACE.hall.id,
    number="A 012",
    business_date=NOW.date(),
    service_ids=("work-permit",),
    zone_id=PLACE.hall.zones[0].id,
    desk_id=PLACE.hall.desks[0].id,
    people_ahead=0,
    wait=WaitRange(110, 125),
    issued_at=NOW,
)
LONGEST = tuple(
    sorted(PLACE.hall.services, key=lambda one: -len(PLACE.catalogue[one].name["en"]))[:5]
)
CROWDED = [
    Sample(
        "ChoosingReservation-five",
        ChoosingReservation(
            VISITOR, tuple(replace(RESERVATION, id=one, service_ids=(one,)) for one in LONGEST), NOW
        ),
    ),
    *(
        Sample(f"WrongHall-{hall}", WrongHall(VISITOR, replace(RESERVATION, hall_id=hall)))
        for hall in PLACE.other_halls
    ),
    Sample("TooEarly-two", TooEarly(VISITOR, replace(RESERVATION, service_ids=LONGEST[:2]))),
    Sample(
        "Confirming-two",
        Confirming(VISITOR, Choice(LONGEST[:2], replace(RESERVATION, service_ids=LONGEST[:2]))),
    ),
    Sample("TicketPrinted-two", TicketPrinted(replace(TICKET, service_ids=LONGEST[:2]))),
    Sample(
        "TicketPrinted-two-in-the-zone",
        TicketPrinted(replace(TICKET, service_ids=LONGEST[:2], desk_id=None, people_ahead=12)),
    ),
    *(
        Sample(f"PrintFailed-{failure.name}", PrintFailed(TICKET, failure))
        for failure in Failure
        if failure.name.startswith("PRINTER_")
    ),
]
"""What makes screens fuller than usual."""
STRIP = "Training only: tickets are not valid"


@pytest.fixture(scope="module", params=[False, True], ids=["in earnest", "training"])
def trained(
    request: pytest.FixtureRequest, driver: ScreenDriver, place: Place
) -> Iterator[ScreenDriver]:
    driver.step_back()
    trained = ScreenDriver(replace(place, training=request.param))
    yield trained
    trained.window.close()


@pytest.fixture(params=list(SIZES))
def kiosk(request: pytest.FixtureRequest, trained: ScreenDriver) -> ScreenDriver:
    trained.turn(SIZES[request.param])
    return trained


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", [*SAMPLES, *EVERY_SERVICE, *CROWDED], ids=lambda one: one.name)
def test_nothing_leaves_its_room_or_lies_over_anything_else(
    kiosk: ScreenDriver, sample: Sample, language: str
) -> None:
    kiosk.show_sample(sample, language)
    assert room_problems(kiosk) == []
    assert layout_problems(kiosk) == []


def test_the_strip_is_there_just_for_training(kiosk: ScreenDriver) -> None:
    kiosk.show_stage(Attract(), "en")
    shown = [text.text for text in kiosk.texts()]
    assert (STRIP in shown) is kiosk.place.training


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.name)
def test_the_languages_stand_in_the_middle_of_the_bar(
    portrait: ScreenDriver, sample: Sample
) -> None:
    portrait.show_sample(sample, "zh")
    if not portrait.window.view_model.canChangeLanguage:
        return
    (switch,) = [one for one in portrait.visible() if kind_of(one.item) == "LanguageSwitch"]
    assert switch.rect.center().x() == pytest.approx(portrait.window.window.width() / 2, abs=1)
