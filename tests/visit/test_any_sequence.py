"""Whatever happens, in whatever order: tickets are accounted for and personal data is gone."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from devices.printer.contract import PrintOutcome
from kiosk.visit import effects as f
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.machine import begin, step
from tests.visit import world as w


class AnySequence(RuleBasedStateMachine):
    """Events at random against the promises of the visit."""

    def __init__(self) -> None:
        super().__init__()
        self.reading = 0
        self.open_keys: set[str] = set()
        self.open_ticket = False
        self.tickets_of_visit = 0
        first = begin("visit-0", w.RULES)
        self.visit = first.visit
        self.visits = 0
        self._account(first.effects)

    @rule(data=st.data())
    def anything_happens(self, data: st.DataObject) -> None:
        self._happen(data.draw(st.sampled_from(list(w.alphabet(self.visit)))))

    @rule(index=st.integers(0, 11))
    def a_likely_thing_happens(self, index: int) -> None:
        """Without this the end of a visit would hardly ever be seen."""
        request = w.request_of(self.visit)
        likely = (
            e.DocumentRead(request, w.IDENTITY, expired=False),
            e.ReservationsFound(request, (w.ON_TIME,), w.NOW),
            e.ConfirmPressed(),
            e.TicketIssued(request, w.TICKET),
            e.PrintEnded(request, PrintOutcome.PRINTED),
            e.PrintEnded(request, PrintOutcome.UNKNOWN),
            e.TicketMissingPressed(),
            e.DonePressed(),
            e.TimerExpired(self.visit.timer),
            e.Wiped("visit"),
            e.WalkInPressed(),
            e.RetryPressed(),
        )
        self._happen(likely[index])

    def _happen(self, event: e.Event) -> None:
        if isinstance(event, e.Wiped):
            self.visits += 1
            event = e.Wiped(f"visit-{self.visits}")
        before = self.visit
        after = step(before, event, w.RULES)
        assert after.visit.serial >= before.serial
        if before.language_chosen and after.visit.language_chosen:
            assert isinstance(event, e.LanguageChosen) or after.visit.language == before.language
        self.visit = after.visit
        self._account(after.effects)
        if isinstance(event, e.TicketIssued) and isinstance(after.visit.stage, s.PrintingTicket):
            self.open_ticket = True
            self.open_keys.clear()

    def _account(self, effects: tuple[f.Effect, ...]) -> None:
        for effect in effects:
            match effect:
                case f.StartReading(request):
                    assert self.reading == 0, "two readings at once"
                    self.reading = request
                case f.StopReading():
                    self.reading = 0
                case f.IssueTicket(key=key):
                    assert not self.open_ticket, "a second ticket beside a live one"
                    assert self.open_keys <= {key}, "a second ticket asked for beside another"
                    self.open_keys.add(key)
                case f.AbandonTicket(key):
                    self.open_keys.remove(key)
                case f.ResolveTicket():
                    assert self.open_ticket, "a ticket ends once"
                    self.open_ticket = False
                case f.PrintTicket(ticket=ticket):
                    assert ticket.copy <= w.RULES.max_copies

    @invariant()
    def nothing_is_left_over_between_visits(self) -> None:
        if isinstance(self.visit.stage, s.Wiping | s.Attract | s.OutOfService):
            assert not self.open_keys
            assert not self.open_ticket
            assert not w.holds_personal_data(self.visit)
        if isinstance(self.visit.stage, s.Attract):
            assert self.visit.language == w.HALL.languages[0]

    @invariant()
    def the_readers_read_only_while_a_document_is_waited_for(self) -> None:
        stage = self.visit.stage
        stage = stage.before if isinstance(stage, s.StillThere) else stage
        waiting = isinstance(stage, s.Attract | s.PlacingDocument | s.ReadingDocument)
        assert bool(self.reading) == waiting
        if isinstance(stage, s.Attract | s.PlacingDocument | s.ReadingDocument):
            assert stage.request == self.reading

    @invariant()
    def a_timer_runs_wherever_something_is_waited_for(self) -> None:
        for_ever = s.Attract | s.OutOfService
        stage = self.visit.stage
        reminded = isinstance(stage, s.TakeDocument) and stage.reminded
        assert (self.visit.timer == 0) == (isinstance(stage, for_ever) or reminded)


AnySequence.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnySequence = AnySequence.TestCase
