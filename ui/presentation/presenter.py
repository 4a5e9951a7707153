"""From the state of a visit to what the screen shows of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from config.text import in_language
from devices.documents.identity import Source
from devices.documents.masking import mask_identity_name
from kiosk.hall.appointments import window_opens
from kiosk.hall.opening import is_open, next_opening
from kiosk.visit import stages
from kiosk.visit.events import Component, Hint, ReadingStep
from kiosk.visit.failures import Failure, Recovery
from kiosk.visit.visit import Visit
from ui.presentation.place import Place
from ui.presentation.screen import Screen, ScreenName


@dataclass(frozen=True, slots=True)
class _Frame:
    """The screen of a stage, and which of the ways out that all screens share it has."""

    name: ScreenName
    cancel: bool = True
    back: bool = False
    staff: bool = True
    language: bool = True


_FRAMES: dict[type[stages.Stage], _Frame] = {
    stages.Attract: _Frame(ScreenName.ATTRACT, cancel=False),
    stages.OutOfService: _Frame(ScreenName.OUT_OF_SERVICE, cancel=False),
    stages.ChoosingLanguage: _Frame(ScreenName.CHOOSING_LANGUAGE),
    stages.PlacingDocument: _Frame(ScreenName.PLACING_DOCUMENT),
    stages.ReadingDocument: _Frame(ScreenName.READING_DOCUMENT),
    stages.FindingReservation: _Frame(ScreenName.FINDING_RESERVATION),
    stages.ChoosingReservation: _Frame(ScreenName.CHOOSING_RESERVATION, back=True),
    stages.TooEarly: _Frame(ScreenName.TOO_EARLY),
    stages.TooLate: _Frame(ScreenName.TOO_LATE),
    stages.WrongDay: _Frame(ScreenName.WRONG_DAY),
    stages.WrongHall: _Frame(ScreenName.WRONG_HALL),
    stages.NoReservation: _Frame(ScreenName.NO_RESERVATION),
    stages.ChoosingService: _Frame(ScreenName.CHOOSING_SERVICE, back=True),
    stages.Confirming: _Frame(ScreenName.CONFIRMING, back=True),
    stages.IssuingTicket: _Frame(ScreenName.ISSUING_TICKET),
    stages.PrintingTicket: _Frame(ScreenName.PRINTING_TICKET, cancel=False),
    stages.TicketPrinted: _Frame(ScreenName.TICKET_PRINTED, cancel=False),
    stages.PrintUncertain: _Frame(ScreenName.PRINT_UNCERTAIN, cancel=False),
    # Cancelling there makes the number void: the screen has a button that says so.
    stages.PrintFailed: _Frame(ScreenName.PRINT_FAILED, cancel=False),
    stages.TakeDocument: _Frame(ScreenName.TAKE_DOCUMENT, cancel=False),
    stages.Failed: _Frame(ScreenName.FAILED),
    stages.StaffCalled: _Frame(ScreenName.STAFF_CALLED, cancel=False, staff=False),
    stages.Wiping: _Frame(ScreenName.WIPING, cancel=False, staff=False, language=False),
}

_BEFORE_IDENTITY = (stages.PlacingDocument, stages.ReadingDocument)


def present(visit: Visit, place: Place, now: datetime) -> Screen:
    """Return the screen of a visit. The name comes out masked; no other personal data comes out.

    `now` is the time of day, with time zone: it tells a hall that is closed from a kiosk that has
    just been started, and has yet to look at the opening hours.
    """
    asked = isinstance(visit.stage, stages.StillThere)
    stage = visit.stage.before if isinstance(visit.stage, stages.StillThere) else visit.stage
    frame = _FRAMES[type(stage)]
    screen = Screen(
        name=frame.name,
        language=visit.language,
        hall_name=in_language(place.hall.name, visit.language),
        can_cancel=frame.cancel,
        can_go_back=frame.back,
        back_to_document=_leads_back_to_document(stage),
        language_open=not visit.language_chosen and isinstance(stage, _BEFORE_IDENTITY),
        can_call_staff=frame.staff,
        can_change_language=frame.language,
        countdown_seconds=place.countdown_seconds if asked else 0,
        lying=visit.lying,
        training=place.training,
    )
    if isinstance(stage, stages.OutOfService):
        return _out_of_service(screen, stage.missing, place, now)
    return _with_reservation(_with_details(screen, stage, place), stage, place)


def _out_of_service(
    screen: Screen, missing: frozenset[Component], place: Place, now: datetime
) -> Screen:
    hours = Component.OPENING_HOURS in missing
    closed = hours and not is_open(place.hall, now)
    return replace(
        screen,
        missing=missing - {Component.OPENING_HOURS},
        closed=closed,
        starting=hours and not closed,
        opens_again=next_opening(place.hall, now) if closed else None,
        can_call_staff=not hours,
    )


def _with_details(screen: Screen, stage: stages.Stage, place: Place) -> Screen:
    """Add what only this stage knows."""
    language = screen.language
    match stage:
        case stages.PlacingDocument(hint=hint):
            return replace(screen, hint=hint)
        case stages.ReadingDocument(step=step, fraction=fraction):
            hint = _hint_while_reading(stage, screen.lying)
            return replace(screen, step=step, fraction=fraction, hint=hint)
        case stages.ChoosingService(loads=loads):
            return replace(screen, services=place.service_cards(loads, language))
        case stages.Confirming(visitor=visitor, choice=choice):
            return replace(
                screen,
                visitor_name=_masked_name(visitor),
                chosen_services=place.service_names(choice.service_ids, language),
                materials=place.materials(choice.service_ids, language),
            )
        case stages.PrintingTicket(ticket=ticket) | stages.PrintUncertain(ticket=ticket):
            return replace(screen, ticket=place.ticket_card(ticket, language))
        case stages.TicketPrinted(ticket):
            return replace(screen, ticket=place.ticket_card(ticket, language))
        case stages.PrintFailed(ticket, failure):
            return replace(screen, ticket=place.ticket_card(ticket, language), failure=failure)
        case stages.StaffCalled(failure, ticket):
            card = place.ticket_card(ticket, language) if ticket else None
            return replace(screen, failure=failure, ticket=card)
        case stages.TakeDocument(reminded):
            return replace(screen, reminded=reminded)
        case stages.Failed():
            return _failed(screen, stage, place)
        case _:
            return screen


def _hint_while_reading(stage: stages.ReadingDocument, lying: frozenset[Source]) -> Hint:
    """What to do about the document that lies there, as long as its page has not been read.

    What the camera says is about what lies before it. A passport that only the chip reader has
    noticed has to be laid where the camera sees it, too; an ID card has its own reader.
    """
    if stage.step is not ReadingStep.PRINTED_PAGE:
        return Hint.READING
    if Source.CAMERA in lying and stage.hint is not Hint.NO_DOCUMENT:
        return stage.hint
    return Hint.TOO_FAR if lying == {Source.CHIP} else Hint.READING


def _failed(screen: Screen, stage: stages.Failed, place: Place) -> Screen:
    failure = stage.failure
    sent_away = failure is Failure.NOT_FOR_THIS_HALL
    return replace(
        screen,
        failure=failure,
        failure_place=in_language(place.hall.citizens_go_to, screen.language) if sent_away else "",
        can_retry=failure.value.recovery is Recovery.TRY_AGAIN,
        can_choose_service=failure.value.recovery is Recovery.CHOOSE_SERVICE,
        ticket_number=stage.ticket_number or "",
    )


def _with_reservation(screen: Screen, stage: stages.Stage, place: Place) -> Screen:
    """Add the reservation, or the reservations, that the stage is about."""
    match stage:
        case stages.ChoosingReservation(reservations=several):
            cards = tuple(place.reservation_card(one, screen.language) for one in several)
            return replace(screen, reservations=cards)
        case (
            stages.TooEarly(reservation=one)
            | stages.TooLate(reservation=one)
            | stages.WrongDay(reservation=one)
            | stages.WrongHall(reservation=one)
            | stages.Confirming(choice=stages.Choice(reservation=one))
        ) if one is not None:
            opens = window_opens(one, place.hall).astimezone(ZoneInfo(place.hall.time_zone))
            card = place.reservation_card(one, screen.language)
            return replace(screen, reservation=card, check_in_opens=opens)
        case _:
            return screen


def _leads_back_to_document(stage: stages.Stage) -> bool:
    """Whether there is nothing to go back to but placing a document again."""
    match stage:
        case stages.ChoosingReservation() | stages.Confirming(origin=None):
            return True
        case _:
            return False


def _masked_name(visitor: stages.Visitor) -> str:
    return mask_identity_name(visitor.identity) if visitor.identity else ""
