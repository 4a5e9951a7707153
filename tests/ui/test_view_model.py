"""The view model without a scene: taps out, visits in."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.visit import events
from kiosk.visit.events import Component
from kiosk.visit.stages import (
    Attract,
    ChoosingLanguage,
    ChoosingService,
    NoReservation,
    OutOfService,
)
from kiosk.visit.visit import Visit
from tests.ui.screen_driver import Clock
from ui.app import application
from ui.languages import Languages
from ui.presentation.place import Place
from ui.row_model import RowModel
from ui.samples import VISITOR, sample_visit, samples
from ui.view_model import KioskViewModel, LanguageRow

IDLE = Visit("v", "en", Attract())
CHOOSING = replace(IDLE, stage=ChoosingLanguage())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def posted() -> list[events.UserEvent]:
    return []


@pytest.fixture
def time_of_day() -> list[datetime]:
    """The last one is now."""
    return [datetime(2026, 3, 18, 1, 5, tzinfo=UTC)]


@pytest.fixture
def model(
    place: Place, clock: Clock, posted: list[events.UserEvent], time_of_day: list[datetime]
) -> Iterator[KioskViewModel]:
    application()
    languages = Languages(place.hall.languages)
    model = KioskViewModel(
        place,
        languages,
        IDLE,
        posted.append,
        clock=clock,
        now=lambda: time_of_day[-1],
    )
    yield model
    languages.deactivate()
    model.deleteLater()


def show(model: KioskViewModel, visit: Visit) -> None:
    model.show(visit)
    application().processEvents()


SLOTS: list[tuple[Callable[[KioskViewModel], None], events.UserEvent]] = [
    (lambda m: m.startPressed(), events.StartPressed()),
    (lambda m: m.languageChosen("zh"), events.LanguageChosen("zh")),
    (lambda m: m.reservationChosen("r1"), events.ReservationChosen("r1")),
    (lambda m: m.walkInPressed(), events.WalkInPressed()),
    (lambda m: m.serviceChosen("enquiry"), events.ServiceChosen("enquiry")),
    (lambda m: m.confirmPressed(), events.ConfirmPressed()),
    (lambda m: m.backPressed(), events.BackPressed()),
    (lambda m: m.retryPressed(), events.RetryPressed()),
    (lambda m: m.cancelPressed(), events.CancelPressed()),
    (lambda m: m.callStaffPressed(), events.CallStaffPressed()),
    (lambda m: m.moreTimePressed(), events.MoreTimePressed()),
    (lambda m: m.donePressed(), events.DonePressed()),
    (lambda m: m.ticketMissingPressed(), events.TicketMissingPressed()),
]


@pytest.mark.parametrize(("press", "event"), SLOTS, ids=[type(e).__name__ for _, e in SLOTS])
def test_a_tap_is_posted_once_however_fast_it_is_repeated(
    model: KioskViewModel,
    clock: Clock,
    posted: list[events.UserEvent],
    press: Callable[[KioskViewModel], None],
    event: events.UserEvent,
) -> None:
    press(model)
    clock.now += 0.1
    press(model)
    assert posted == [event]
    clock.now += 1
    press(model)
    assert posted == [event, event]


def test_the_second_half_of_a_double_tap_does_not_press_what_came_up_under_the_finger(
    model: KioskViewModel, clock: Clock, posted: list[events.UserEvent]
) -> None:
    model.startPressed()
    clock.now += 0.05
    show(model, CHOOSING)
    clock.now += 0.1
    model.cancelPressed()
    assert posted == [events.StartPressed()]
    clock.now += 1
    model.cancelPressed()
    assert posted == [events.StartPressed(), events.CancelPressed()]


def test_touches_are_told_at_most_once_a_second(
    model: KioskViewModel, clock: Clock, posted: list[events.UserEvent]
) -> None:
    for _ in range(20):
        model.touched()
        clock.now += 0.1
    assert posted == [events.Touched()] * 2


def test_a_visit_is_shown_from_another_thread_but_on_the_screens_own(
    model: KioskViewModel,
) -> None:
    seen: list[threading.Thread] = []
    model.screenChanged.connect(lambda: seen.append(threading.current_thread()))
    runner = threading.Thread(target=model.show, args=(CHOOSING,))
    runner.start()
    runner.join()
    assert model.screen == "Attract"
    application().processEvents()
    assert model.screen == "ChoosingLanguage"
    assert seen == [threading.main_thread()]


def test_visits_are_shown_in_order_and_none_is_left_out(model: KioskViewModel) -> None:
    seen: list[str] = []
    model.screenChanged.connect(lambda: seen.append(model.screen))
    for visit in (CHOOSING, IDLE, CHOOSING):
        model.show(visit)
    application().processEvents()
    assert seen == ["ChoosingLanguage", "Attract", "ChoosingLanguage"]


def test_the_clock_shows_the_time_of_the_hall(model: KioskViewModel) -> None:
    assert model.clockTime == "09:05"
    assert model.clockDate == "Wednesday, March 18"
    show(model, replace(IDLE, language="zh"))
    assert model.clockDate == "3月18日 星期三"


def test_a_closed_hall_says_when_it_opens_again(
    model: KioskViewModel, time_of_day: list[datetime]
) -> None:
    assert model.opensAgain == ""
    time_of_day.append(datetime(2026, 3, 18, 4, 30, tzinfo=UTC))
    show(model, replace(IDLE, stage=OutOfService(frozenset({Component.OPENING_HOURS}))))
    assert model.closed
    assert model.opensAgain == "Wednesday, March 18, 13:30"


def test_the_languages_are_offered_in_their_own_words(model: KioskViewModel, place: Place) -> None:
    rows = model.languages.rows()
    assert [row.tag for row in rows] == list(place.hall.languages)
    assert [row.name for row in rows] == ["中文", "English"]


def test_lists_keep_their_rows_when_only_their_content_changes(
    model: KioskViewModel, place: Place
) -> None:
    resets: list[None] = []
    model.services.modelReset.connect(lambda: resets.append(None))
    waiting = ChoosingService(1, VISITOR, NoReservation(VISITOR))
    show(model, replace(IDLE, stage=waiting))
    loaded = next(s for s in samples(place) if s.name == "ChoosingService")
    show(model, sample_visit(loaded, "en"))
    assert len(resets) == 1
    assert all(row.loadKnown for row in model.services.rows())


def test_nothing_of_a_visit_is_left_when_it_is_over(model: KioskViewModel, place: Place) -> None:
    for sample in samples(place):
        show(model, sample_visit(sample, "en"))
    show(model, IDLE)
    assert model.visitorName == ""
    assert model.ticketNumber == ""
    assert not model.hasReservation
    assert model.reservations.rows() == ()
    assert model.services.rows() == ()
    assert model.materials == []


def test_a_row_model_tells_qml_its_fields() -> None:
    rows = RowModel(LanguageRow)
    names = {bytes(name.data()).decode() for name in rows.roleNames().values()}
    assert names == {"tag", "name", "greeting", "codeHint", "start", "reading"}
    assert rows.count == 0
