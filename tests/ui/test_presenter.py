"""What the screen is told of a visit: everything it shows, and nothing personal."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest

from devices.documents.identity import Source
from kiosk.hall.model import Ticket, WaitRange
from kiosk.visit import stages
from kiosk.visit.events import Component, Hint, ReadingStep
from kiosk.visit.failures import Failure, Recovery
from kiosk.visit.stages import Choice, Confirming, Failed, StillThere
from kiosk.visit.visit import Visit
from ui.presentation.place import Place
from ui.presentation.presenter import present
from ui.presentation.screen import Screen, ScreenName
from ui.samples import NOW, VISITOR, Sample, failure_samples, sample_place, sample_visit, samples

PLACE = sample_place()
SAMPLES = [*samples(PLACE), *failure_samples()]


def shown(
    stage: stages.Stage, language: str = "en", place: Place = PLACE, now: datetime = NOW
) -> Screen:
    return present(sample_visit(Sample("", stage), language), place, now)


def stage_of(name: str) -> stages.Stage:
    return next(sample.stage for sample in SAMPLES if sample.name == name)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_no_personal_data_goes_to_the_screen(sample: Sample) -> None:
    identity = VISITOR.identity
    assert identity is not None
    told = repr(present(sample_visit(sample, "en"), PLACE, NOW))
    for secret in ("ERIKSSON", "ANNA", "MARIA", identity.document_number, "1974", "R7K2M9"):
        assert secret not in told


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_screen_has_the_name_of_the_stage(sample: Sample) -> None:
    stage = sample.stage.before if isinstance(sample.stage, StillThere) else sample.stage
    assert present(sample_visit(sample, "en"), PLACE, NOW).name == type(stage).__name__


def test_every_stage_but_the_question_has_a_screen() -> None:
    def leaves(kind: object) -> set[object]:
        return {leaf for part in get_args(kind) for leaf in leaves(part)} or {kind}

    kinds = {kind.__name__ for kind in leaves(stages.Stage) if isinstance(kind, type)}
    assert kinds - {"StillThere"} == set(ScreenName)


def test_staff_can_be_called_everywhere_but_where_they_are_coming_or_all_is_being_wiped() -> None:
    told = [shown(one.stage) for one in SAMPLES]
    without = {s.name for s in told if not s.can_call_staff and not s.starting}
    assert without == {ScreenName.STAFF_CALLED, ScreenName.WIPING}


def test_the_language_can_be_changed_everywhere_but_where_all_is_being_wiped() -> None:
    without = {s.name for s in (shown(one.stage) for one in SAMPLES) if not s.can_change_language}
    assert without == {ScreenName.WIPING}


NIGHT = NOW.replace(hour=22)


def test_outside_of_its_hours_the_hall_is_closed_and_nobody_can_be_called() -> None:
    missing = frozenset({Component.OPENING_HOURS, Component.PRINTER})
    screen = shown(stages.OutOfService(missing), now=NIGHT)
    assert screen.closed
    assert not screen.starting
    assert screen.opens_again == datetime(2026, 3, 19, 9, 0, tzinfo=NOW.tzinfo)
    assert not screen.can_call_staff
    assert screen.missing == {Component.PRINTER}


def test_a_kiosk_that_has_not_looked_at_the_hours_yet_is_starting() -> None:
    screen = shown(stages.OutOfService(frozenset(Component)))
    assert screen.starting
    assert not screen.closed
    assert screen.opens_again is None


def test_a_kiosk_without_printer_is_neither_closed_nor_starting() -> None:
    screen = shown(stages.OutOfService(frozenset({Component.PRINTER})), now=NIGHT)
    assert not screen.closed
    assert not screen.starting
    assert screen.can_call_staff


def test_training_is_told_on_every_screen() -> None:
    training = replace(PLACE, training=True)
    assert all(shown(one.stage, place=training).training for one in SAMPLES)
    assert not shown(stage_of("Attract")).training


def test_the_question_lies_over_the_screen_it_was_asked_on() -> None:
    screen = shown(StillThere(stages.TicketPrinted(ticket())))
    assert screen.name == ScreenName.TICKET_PRINTED
    assert screen.countdown_seconds == PLACE.countdown_seconds
    assert shown(stages.TicketPrinted(ticket())).countdown_seconds == 0


def ticket() -> Ticket:
    stage = stage_of("TicketPrinted")
    assert isinstance(stage, stages.TicketPrinted)
    return stage.ticket


@pytest.mark.parametrize(
    ("lying", "hint", "shown_hint"),
    [
        ({Source.CAMERA}, Hint.TURN_OVER, Hint.TURN_OVER),
        ({Source.CAMERA, Source.CHIP}, Hint.GLARE, Hint.GLARE),
        ({Source.CAMERA}, Hint.NO_DOCUMENT, Hint.READING),
        ({Source.CHIP}, Hint.NO_DOCUMENT, Hint.TOO_FAR),
        ({Source.CHIP}, Hint.TURN_OVER, Hint.TOO_FAR),
        ({Source.ID_CARD}, Hint.NO_DOCUMENT, Hint.READING),
    ],
)
def test_what_the_camera_says_is_about_what_lies_before_it(
    lying: set[Source], hint: Hint, shown_hint: Hint
) -> None:
    visit = Visit("v", "en", stages.ReadingDocument(1, hint=hint), lying=frozenset(lying))
    assert present(visit, PLACE, NOW).hint is shown_hint


def test_a_page_that_has_been_read_needs_no_more_hints() -> None:
    stage = stages.ReadingDocument(1, ReadingStep.CHIP_DATA, hint=Hint.GLARE)
    assert shown(stage).hint is Hint.READING


def test_a_name_is_masked_and_a_visitor_known_by_code_has_none() -> None:
    assert shown(stage_of("Confirming")).visitor_name == "E••• A••• M•••"
    assert shown(stage_of("Confirming-code")).visitor_name == ""


def test_names_of_services_follow_the_language() -> None:
    stage = stage_of("Confirming")
    english, chinese = shown(stage).chosen_services, shown(stage, "zh").chosen_services
    service = PLACE.catalogue[PLACE.hall.services[0]]
    assert english == (service.name["en"],)
    assert chinese == (service.name["zh"],)


def test_a_service_that_the_catalogue_does_not_know_is_shown_by_its_id() -> None:
    screen = shown(Confirming(VISITOR, Choice(("unheard-of",), None)))
    assert screen.chosen_services == ("unheard-of",)
    assert screen.materials == ()


def test_what_two_services_both_ask_for_is_listed_once() -> None:
    ids = tuple(service.id for service in PLACE.catalogue.services)
    listed = shown(Confirming(VISITOR, Choice(ids, None))).materials
    assert len(listed) == len(set(listed))
    for service in PLACE.catalogue.services:
        assert {text["en"] for text in service.materials} <= set(listed)


def test_times_are_those_of_the_hall_of_the_reservation() -> None:
    stage = stage_of("TooEarly")
    assert isinstance(stage, stages.TooEarly)
    tokyo = replace(
        PLACE, hall=PLACE.hall.model_copy(update={"time_zone": "Asia/Tokyo"}), other_halls={}
    )
    here, there = shown(stage).reservation, shown(stage, place=tokyo).reservation
    assert here is not None
    assert there is not None
    assert there.starts_at.hour == here.starts_at.hour + 1
    assert there.starts_at == here.starts_at


def test_check_in_opens_when_the_hall_says() -> None:
    screen = shown(stage_of("TooEarly"))
    assert screen.reservation is not None
    early = timedelta(minutes=PLACE.hall.appointments.early_minutes)
    assert screen.check_in_opens == screen.reservation.starts_at - early


def test_the_other_hall_is_named_where_it_is_known() -> None:
    stage = stage_of("WrongHall")
    known, unknown = shown(stage), shown(stage, place=replace(PLACE, other_halls={}))
    assert known.reservation is not None
    assert unknown.reservation is not None
    assert known.reservation.hall_address
    assert unknown.reservation.hall_name == ""


def test_waits_appear_when_they_are_known() -> None:
    waiting = shown(stage_of("ChoosingService-waiting")).services
    known = shown(stage_of("ChoosingService")).services
    unknown = shown(stage_of("ChoosingService-unknown")).services
    assert not any(card.load_known for card in (*waiting, *unknown))
    assert all(card.load_asked for card in waiting)
    assert not any(card.load_asked for card in (*unknown, *known))
    assert all(card.available for card in waiting)
    assert [card.load_known for card in known] == [True] * len(known)
    assert [card.id for card in known if not card.available] == [known[3].id]


def test_a_ticket_names_the_desk_or_else_the_zone_and_the_wait() -> None:
    at_desk = shown(stage_of("TicketPrinted")).ticket
    in_zone = shown(stage_of("TicketPrinted-zone")).ticket
    assert at_desk is not None
    assert in_zone is not None
    assert at_desk.desk == PLACE.hall.desks[0].id
    assert in_zone.desk == ""
    assert in_zone.zone == PLACE.hall.zones[0].name["en"]
    assert (in_zone.people_ahead, in_zone.wait_low, in_zone.wait_high) == (7, 15, 25)


def test_a_zone_that_the_profile_does_not_know_is_shown_by_its_id() -> None:
    odd = replace(ticket(), zone_id="Z9", wait=WaitRange(1, 2))
    screen = shown(stages.TicketPrinted(odd))
    assert screen.ticket is not None
    assert screen.ticket.zone == "Z9"


@pytest.mark.parametrize("failure", Failure, ids=lambda failure: failure.name)
def test_a_failure_offers_what_can_help(failure: Failure) -> None:
    screen = shown(Failed(failure))
    assert screen.can_retry is (failure.value.recovery is Recovery.TRY_AGAIN)
    assert screen.can_choose_service is (failure.value.recovery is Recovery.CHOOSE_SERVICE)


def test_who_is_at_the_wrong_hall_is_told_where_to_go() -> None:
    assert (
        shown(Failed(Failure.NOT_FOR_THIS_HALL)).failure_place == (PLACE.hall.citizens_go_to["en"])
    )
    assert shown(Failed(Failure.DOCUMENT_EXPIRED)).failure_place == ""


@pytest.mark.parametrize(
    ("name", "to_document"),
    [
        ("Confirming", True),
        ("Confirming-code", True),
        ("Confirming-walk-in", False),
        ("ChoosingReservation", True),
        ("ChoosingService", False),
    ],
)
def test_back_says_whether_it_leads_to_another_document(name: str, *, to_document: bool) -> None:
    screen = shown(stage_of(name))
    assert screen.can_go_back
    assert screen.back_to_document is to_document


def test_a_number_that_is_not_on_paper_is_not_cancelled_in_passing() -> None:
    assert not shown(stage_of("PrintFailed")).can_cancel


def test_the_language_is_open_just_until_the_document_is_known() -> None:
    open_at = {
        sample.name
        for sample in SAMPLES
        if present(
            sample_visit(replace(sample, language_chosen=False), "en"), PLACE, NOW
        ).language_open
    }
    assert open_at == {
        sample.name for sample in SAMPLES if sample.name.startswith(("Placing", "ReadingDocument"))
    }
    assert not any(shown(sample.stage).language_open for sample in SAMPLES)


def test_the_documents_that_lie_there_are_told() -> None:
    visit = Visit("v", "en", stages.TakeDocument(), lying=frozenset({Source.ID_CARD}))
    assert present(visit, PLACE, NOW).lying == {Source.ID_CARD}


def test_a_reservation_ends_after_it_begins() -> None:
    card = shown(stage_of("TooLate")).reservation
    assert card is not None
    assert card.starts_at < card.ends_at
    assert card.starts_at < NOW
