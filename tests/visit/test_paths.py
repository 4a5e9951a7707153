"""The ways through a visit, as visitors take them."""

import pytest

from devices.documents.identity import Source
from devices.printer.contract import PrintOutcome
from kiosk.hall.model import Reservation
from kiosk.visit import effects as f
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from kiosk.visit.machine import begin, step
from kiosk.visit.moves import Step
from kiosk.visit.visit import Visit
from tests.visit import world as w


class Kiosk:
    """A visit with the events so far; answers are given the number that is waited for."""

    def __init__(self) -> None:
        first = begin("visit-1", w.RULES)
        self.visit: Visit = first.visit
        self.effects: list[f.Effect] = list(first.effects)

    def after(self, *events: e.Event) -> s.Stage:
        for event in events:
            result: Step = step(self.visit, event, w.RULES)
            self.visit = result.visit
            self.effects.extend(result.effects)
        return self.visit.stage

    @property
    def request(self) -> int:
        return w.request_of(self.visit)

    def read(self) -> s.Stage:
        self.after(e.DocumentPlaced(Source.CHIP))
        return self.after(e.DocumentRead(self.request, w.IDENTITY, expired=False))

    def found(self, *reservations: Reservation) -> s.Stage:
        return self.after(e.ReservationsFound(self.request, reservations, w.NOW))

    def issued(self) -> s.Stage:
        return self.after(e.TicketIssued(self.request, w.TICKET))

    def print_ended(self, outcome: PrintOutcome, failure: Failure | None = None) -> s.Stage:
        return self.after(e.PrintEnded(self.request, outcome, failure))

    def expire(self) -> s.Stage:
        return self.after(e.TimerExpired(self.visit.timer))

    def sent(self, kind: type[f.Effect]) -> list[f.Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]


@pytest.fixture
def kiosk() -> Kiosk:
    return Kiosk()


@pytest.fixture
def printing(kiosk: Kiosk) -> Kiosk:
    kiosk.read()
    kiosk.found(w.ON_TIME)
    kiosk.after(e.ConfirmPressed())
    kiosk.issued()
    return kiosk


def test_a_booked_visitor_places_a_document_and_taps_once(kiosk: Kiosk) -> None:
    assert isinstance(kiosk.read(), s.FindingReservation)
    confirming = kiosk.found(w.ON_TIME)
    assert isinstance(confirming, s.Confirming)
    assert confirming.choice == s.Choice(("work-permit",), w.ON_TIME)
    assert isinstance(kiosk.after(e.ConfirmPressed()), s.IssuingTicket)
    assert kiosk.issued() == s.PrintingTicket(kiosk.request, w.TICKET)
    assert kiosk.print_ended(PrintOutcome.PRINTED) == s.TicketPrinted(w.TICKET)
    assert isinstance(kiosk.after(e.DonePressed()), s.TakeDocument)
    assert isinstance(kiosk.after(e.DocumentRemoved(Source.CHIP)), s.Wiping)
    assert isinstance(kiosk.after(e.Wiped("visit-2")), s.Attract)
    assert kiosk.sent(f.ResolveTicket) == [f.ResolveTicket(w.TICKET, f.TicketEnd.TAKEN)]
    assert kiosk.sent(f.AbandonTicket) == []
    assert kiosk.visit.visit_id == "visit-2"


def test_the_ticket_is_asked_for_under_one_key_however_often_it_is_retried(kiosk: Kiosk) -> None:
    kiosk.read()
    kiosk.found(w.ON_TIME)
    kiosk.after(e.ConfirmPressed())
    kiosk.after(e.BackendFailed(kiosk.request, Failure.BACKEND_TIMEOUT))
    kiosk.after(e.RetryPressed(), e.RetryPressed())
    kiosk.issued()
    keys = {effect.key for effect in kiosk.effects if isinstance(effect, f.IssueTicket)}
    assert keys == {"visit-1-1"}
    assert len(kiosk.sent(f.IssueTicket)) == 2
    assert kiosk.sent(f.AbandonTicket) == []


def test_a_refused_ticket_is_not_asked_for_again_under_its_key(kiosk: Kiosk) -> None:
    kiosk.read()
    kiosk.found(w.ON_TIME)
    kiosk.after(e.ConfirmPressed())
    kiosk.after(e.BackendFailed(kiosk.request, Failure.RESERVATION_UNKNOWN))
    assert isinstance(kiosk.after(e.RetryPressed()), s.ReadingDocument)
    assert len(kiosk.sent(f.IssueTicket)) == 1


def test_a_ticket_that_comes_after_it_was_given_up_is_printed(kiosk: Kiosk) -> None:
    kiosk.read()
    kiosk.found(w.ON_TIME)
    kiosk.after(e.ConfirmPressed())
    request = kiosk.request
    assert isinstance(kiosk.expire(), s.Failed)
    assert isinstance(kiosk.after(e.TicketIssued(request, w.TICKET)), s.PrintingTicket)
    assert kiosk.sent(f.AbandonTicket) == []


def test_a_ticket_asked_for_and_not_wanted_any_more_is_abandoned(kiosk: Kiosk) -> None:
    kiosk.read()
    kiosk.found(w.ON_TIME)
    kiosk.after(e.ConfirmPressed(), e.CancelPressed())
    assert kiosk.sent(f.AbandonTicket) == [f.AbandonTicket("visit-1-1")]


def reading(kiosk: Kiosk) -> s.ReadingDocument:
    assert isinstance(kiosk.visit.stage, s.ReadingDocument)
    return kiosk.visit.stage


def test_what_the_camera_says_is_kept_while_the_document_lies_there(kiosk: Kiosk) -> None:
    kiosk.after(e.DocumentPlaced(Source.CAMERA))
    for hint in e.Hint:
        kiosk.after(e.HintChanged(kiosk.request, hint))
        assert reading(kiosk).hint is hint
    kiosk.after(e.HintChanged(kiosk.request - 1, e.Hint.GLARE))
    assert reading(kiosk).hint is list(e.Hint)[-1], "that was another reading"


def test_what_the_camera_said_before_it_noticed_the_document_counts(kiosk: Kiosk) -> None:
    kiosk.after(e.StartPressed(), e.LanguageChosen("en"))
    kiosk.after(e.HintChanged(kiosk.request, e.Hint.TURN_OVER), e.DocumentPlaced(Source.CAMERA))
    assert reading(kiosk).hint is e.Hint.TURN_OVER


@pytest.mark.parametrize("step", [e.ReadingStep.CHIP_ACCESS, e.ReadingStep.ID_CARD])
def test_nothing_is_asked_of_who_has_placed_it_well(kiosk: Kiosk, step: e.ReadingStep) -> None:
    """The ID card has its own reader, and the camera goes on looking beside it."""
    kiosk.after(e.DocumentPlaced(Source.CAMERA), e.HintChanged(kiosk.request, e.Hint.GLARE))
    kiosk.after(e.ReadingProgress(kiosk.request, step, 0.3))
    assert reading(kiosk).hint is e.Hint.NO_DOCUMENT
    timers = len(kiosk.sent(f.SetTimer))
    kiosk.after(e.HintChanged(kiosk.request, e.Hint.TURN_OVER))
    assert reading(kiosk).hint is e.Hint.NO_DOCUMENT
    assert len(kiosk.sent(f.SetTimer)) == timers
    assert reading(kiosk).fraction == 0.3


def test_each_advice_gives_the_time_to_follow_it_but_only_once(kiosk: Kiosk) -> None:
    def timers_after(*hints: e.Hint) -> int:
        before = len(kiosk.sent(f.SetTimer))
        kiosk.after(*(e.HintChanged(kiosk.request, hint) for hint in hints))
        return len(kiosk.sent(f.SetTimer)) - before

    kiosk.after(e.DocumentPlaced(Source.CAMERA))
    request, timer = kiosk.request, kiosk.visit.timer
    assert timers_after(e.Hint.HOLD_STILL, e.Hint.READING, e.Hint.NO_DOCUMENT) == 0
    assert timers_after(e.Hint.TURN_OVER) == 1
    assert kiosk.sent(f.SetTimer)[-1] == f.SetTimer(kiosk.visit.timer, w.RULES.timeouts.reading)
    assert isinstance(kiosk.after(e.TimerExpired(timer)), s.ReadingDocument), "a timer of before"
    assert timers_after(e.Hint.HOLD_STILL, e.Hint.TURN_OVER) == 0
    assert timers_after(e.Hint.WRONG_PAGE, e.Hint.TURN_OVER, e.Hint.WRONG_PAGE) == 1
    assert kiosk.request == request
    assert kiosk.sent(f.StopReading) == [], "the camera reads on"
    assert kiosk.expire() == s.Failed(Failure.DOCUMENT_UNREADABLE)


def test_a_document_placed_again_is_hinted_at_afresh(kiosk: Kiosk) -> None:
    kiosk.after(e.DocumentPlaced(Source.CAMERA), e.HintChanged(kiosk.request, e.Hint.TURN_OVER))
    assert kiosk.after(e.DocumentRemoved(Source.CAMERA)) == s.PlacingDocument(kiosk.request)
    kiosk.after(e.DocumentPlaced(Source.CAMERA))
    assert reading(kiosk) == s.ReadingDocument(kiosk.request)


def test_a_walk_in_chooses_a_service(kiosk: Kiosk) -> None:
    kiosk.read()
    assert isinstance(kiosk.found(), s.NoReservation)
    choosing = kiosk.after(e.WalkInPressed())
    assert isinstance(choosing, s.ChoosingService)
    choosing = kiosk.after(e.LoadsFound(choosing.request, w.LOADS))
    assert isinstance(choosing, s.ChoosingService)
    assert choosing.loads == w.LOADS
    assert kiosk.after(e.ServiceChosen("work-permit")) == choosing, "not to be had without booking"
    confirming = kiosk.after(e.ServiceChosen("visa-extension"))
    assert isinstance(confirming, s.Confirming)
    assert kiosk.after(e.BackPressed()) == choosing
    assert isinstance(kiosk.after(e.BackPressed()), s.NoReservation)


def test_services_are_offered_without_waits_when_nobody_can_tell_them(kiosk: Kiosk) -> None:
    kiosk.read()
    kiosk.found()
    choosing = kiosk.after(e.WalkInPressed())
    assert isinstance(choosing, s.ChoosingService)
    assert choosing.loads is None
    kiosk.after(e.BackendFailed(choosing.request - 1, Failure.BACKEND_TIMEOUT))
    assert kiosk.visit.stage == choosing
    choosing = kiosk.after(e.BackendFailed(choosing.request, Failure.BACKEND_TIMEOUT))
    assert isinstance(choosing, s.ChoosingService)
    assert choosing.loads == ()
    assert isinstance(kiosk.after(e.ServiceChosen("visa-extension")), s.Confirming)


def test_several_reservations_of_today_are_offered_in_order(kiosk: Kiosk) -> None:
    kiosk.read()
    choosing = kiosk.found(w.AFTERNOON, w.TOMORROW, w.ON_TIME)
    assert isinstance(choosing, s.ChoosingReservation)
    assert choosing.reservations == (w.ON_TIME, w.AFTERNOON)
    assert isinstance(kiosk.after(e.ReservationChosen("afternoon")), s.TooEarly)


@pytest.mark.parametrize(
    ("reservation", "stage"),
    [
        (w.AFTERNOON, s.TooEarly),
        (w.LATE, s.TooLate),
        (w.TOMORROW, s.WrongDay),
        (w.ELSEWHERE, s.WrongHall),
    ],
)
def test_a_reservation_that_does_not_fit_is_named(
    kiosk: Kiosk,
    reservation: Reservation,
    stage: type[s.TooEarly | s.TooLate | s.WrongDay | s.WrongHall],
) -> None:
    kiosk.read()
    assert kiosk.found(reservation) == stage(s.Visitor(w.IDENTITY, None), reservation)


def test_todays_reservation_here_goes_before_all_others(kiosk: Kiosk) -> None:
    kiosk.read()
    assert isinstance(kiosk.found(w.ELSEWHERE, w.TOMORROW, w.ON_TIME), s.Confirming)


def test_a_late_visitor_keeps_the_reservation_in_the_walk_in_queue(kiosk: Kiosk) -> None:
    kiosk.read()
    kiosk.found(w.LATE)
    confirming = kiosk.after(e.WalkInPressed())
    assert isinstance(confirming, s.Confirming)
    assert confirming.choice.reservation == w.LATE


def test_a_reservation_code_does_instead_of_a_document(kiosk: Kiosk) -> None:
    kiosk.after(e.StartPressed(), e.LanguageChosen("en"))
    kiosk.after(e.CodeRead(kiosk.request, w.CODE))
    assert isinstance(kiosk.found(w.ON_TIME), s.Confirming)


def test_an_unknown_code_is_said_to_be_unknown(kiosk: Kiosk) -> None:
    kiosk.after(e.CodeRead(kiosk.request, w.CODE))
    assert kiosk.found() == s.Failed(Failure.RESERVATION_UNKNOWN)
    assert isinstance(kiosk.after(e.RetryPressed()), s.PlacingDocument)


def test_who_has_a_ticket_already_is_told_its_number(kiosk: Kiosk) -> None:
    kiosk.read()
    assert kiosk.found(w.CHECKED_IN) == s.Failed(Failure.ALREADY_HAS_TICKET, ticket_number="A 007")


def test_what_was_not_printed_is_printed_when_the_printer_is_back(printing: Kiosk) -> None:
    out = Failure.PRINTER_PAPER_OUT
    assert printing.print_ended(PrintOutcome.NOT_PRINTED, out) == s.PrintFailed(w.TICKET, out)
    assert printing.sent(f.CallStaff) == [f.CallStaff(out)]
    printing.after(e.ComponentChanged(e.Component.PRINTER, usable=False))
    again = printing.after(e.ComponentChanged(e.Component.PRINTER, usable=True))
    assert again == s.PrintingTicket(printing.request, w.TICKET), "the original, not a copy"


def test_a_ticket_given_up_before_it_was_printed_is_void(printing: Kiosk) -> None:
    printing.print_ended(PrintOutcome.NOT_PRINTED, Failure.PRINTER_OFFLINE)
    printing.after(e.CancelPressed())
    assert printing.sent(f.ResolveTicket) == [f.ResolveTicket(w.TICKET, f.TicketEnd.VOID)]


def test_copies_carry_the_same_number_and_have_a_cap(printing: Kiosk) -> None:
    for copy in (1, 2):
        assert isinstance(printing.print_ended(PrintOutcome.UNKNOWN), s.PrintUncertain)
        stage = printing.after(e.TicketMissingPressed(), e.TicketMissingPressed())
        assert isinstance(stage, s.PrintingTicket)
        assert (stage.ticket.number, stage.ticket.copy) == ("A 012", copy)
    printing.print_ended(PrintOutcome.PRINTED)
    stage = printing.after(e.TicketMissingPressed())
    assert isinstance(stage, s.StaffCalled)
    assert stage.failure is Failure.TOO_MANY_COPIES


def test_a_printer_that_answers_late_settles_what_was_uncertain(printing: Kiosk) -> None:
    request = printing.request
    assert isinstance(printing.expire(), s.PrintUncertain)
    late = e.PrintEnded(request, PrintOutcome.PRINTED)
    assert printing.after(late) == s.TicketPrinted(w.TICKET)


def test_a_ticket_whose_printing_nobody_confirms_is_left_to_staff(printing: Kiosk) -> None:
    printing.print_ended(PrintOutcome.UNKNOWN)
    assert isinstance(printing.expire(), s.StillThere)
    assert isinstance(printing.expire(), s.TakeDocument)
    assert printing.sent(f.ResolveTicket) == [f.ResolveTicket(w.TICKET, f.TicketEnd.LEFT_TO_STAFF)]


def test_time_runs_out_only_after_asking_and_any_touch_goes_on(kiosk: Kiosk) -> None:
    kiosk.read()
    confirming = kiosk.found(w.ON_TIME)
    assert isinstance(confirming, s.Confirming)
    assert kiosk.expire() == s.StillThere(confirming)
    assert kiosk.after(e.MoreTimePressed()) == confirming
    kiosk.expire()
    assert isinstance(kiosk.expire(), s.TakeDocument)


def test_a_document_placed_while_being_asked_is_read(kiosk: Kiosk) -> None:
    kiosk.after(e.StartPressed(), e.LanguageChosen("en"))
    assert isinstance(kiosk.expire(), s.StillThere)
    assert isinstance(kiosk.after(e.DocumentPlaced(Source.CAMERA)), s.ReadingDocument)


def test_a_touch_gives_all_the_time_again(kiosk: Kiosk) -> None:
    kiosk.after(e.StartPressed())
    old_timer = kiosk.visit.timer
    kiosk.after(e.Touched())
    assert isinstance(kiosk.after(e.TimerExpired(old_timer)), s.ChoosingLanguage)


def test_a_document_lifted_from_the_chip_reader_too_early_is_a_failure(kiosk: Kiosk) -> None:
    kiosk.after(e.DocumentPlaced(Source.CHIP))
    failed = kiosk.after(e.DocumentRemoved(Source.CHIP))
    assert failed == s.Failed(Failure.DOCUMENT_REMOVED)
    assert isinstance(kiosk.after(e.DocumentPlaced(Source.CHIP)), s.ReadingDocument)


def test_an_id_card_beside_a_passport_is_said_to_be_two_documents(kiosk: Kiosk) -> None:
    kiosk.after(e.DocumentPlaced(Source.CHIP), e.DocumentPlaced(Source.CAMERA))
    stage = kiosk.after(e.DocumentPlaced(Source.ID_CARD))
    assert stage == s.Failed(Failure.TWO_DOCUMENTS)


def test_a_forgotten_document_is_reported_and_keeps_the_kiosk_from_the_next_visitor(
    kiosk: Kiosk,
) -> None:
    kiosk.read()
    kiosk.found(w.ON_TIME)
    kiosk.after(e.CancelPressed())
    assert kiosk.expire() == s.TakeDocument(reminded=True)
    assert kiosk.sent(f.CallStaff) == [f.CallStaff(Failure.DOCUMENT_FORGOTTEN)]
    assert isinstance(kiosk.after(e.Wiped("x"), e.StartPressed()), s.TakeDocument)
    assert isinstance(kiosk.after(e.DocumentRemoved(Source.CHIP)), s.Wiping)


def test_the_kiosk_is_out_of_service_just_as_long_as_something_required_is_missing(
    kiosk: Kiosk,
) -> None:
    down = e.ComponentChanged(e.Component.PRINTER, usable=False)
    up = e.ComponentChanged(e.Component.PRINTER, usable=True)
    assert kiosk.after(down) == s.OutOfService(frozenset({e.Component.PRINTER}))
    assert isinstance(kiosk.after(e.StartPressed()), s.OutOfService)
    assert isinstance(kiosk.after(up), s.Attract)
    camera = e.ComponentChanged(e.Component.CAMERA, usable=False)
    assert isinstance(kiosk.after(camera), s.Attract), "the other readers are enough"


def test_the_language_goes_back_to_the_halls_own_after_the_visit(kiosk: Kiosk) -> None:
    kiosk.after(e.StartPressed(), e.LanguageChosen("en"))
    assert kiosk.visit.language == "en"
    kiosk.after(e.CancelPressed(), e.Wiped("visit-2"))
    assert kiosk.visit.language == "zh"


def test_an_answer_that_changes_what_is_shown_ends_the_question_whether_somebody_is_there(
    kiosk: Kiosk,
) -> None:
    kiosk.read()
    request = kiosk.request
    assert isinstance(kiosk.expire(), s.Failed)
    assert isinstance(kiosk.expire(), s.StillThere)
    assert isinstance(kiosk.after(e.BackendFailed(request, Failure.BACKEND_ERROR)), s.StillThere)
    checked_in = e.ReservationsFound(request, (w.CHECKED_IN,), w.NOW)
    stage = kiosk.after(checked_in)
    assert isinstance(stage, s.Failed)
    assert stage.failure is Failure.ALREADY_HAS_TICKET


def test_a_printer_that_says_late_that_nothing_came_out_is_believed(kiosk: Kiosk) -> None:
    kiosk.read()
    kiosk.found(w.ON_TIME)
    kiosk.after(e.ConfirmPressed())
    kiosk.issued()
    assert isinstance(kiosk.expire(), s.PrintUncertain)
    stage = kiosk.print_ended(PrintOutcome.NOT_PRINTED, Failure.PRINTER_PAPER_OUT)
    assert stage == s.PrintFailed(w.TICKET, Failure.PRINTER_PAPER_OUT)
