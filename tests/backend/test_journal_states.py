"""Whatever is done with a journal, in whatever order, it keeps its promises."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.backend.journal import Journal
from kiosk.backend.recovery import recover
from kiosk.backend.steps import ENDS, FOLLOWERS, OrderError, Step
from kiosk.hall.model import TicketState
from tests.backend.support import MemoryBackend, lost, request, ticket

KEYS = st.sampled_from(["k1", "k2", "k3"])
PLAIN_STEPS = st.sampled_from(
    [Step.PRINT_CONFIRMED, Step.PRINT_FAILED, Step.PRINT_UNKNOWN, Step.TAKEN, Step.VOID]
)


class JournalMachine(RuleBasedStateMachine):
    """A model of the journal beside the real one, with restarts and recoveries in between."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "journal.sqlite3"
        self.journal = Journal(self._path)
        self.backend = MemoryBackend()
        self.last: dict[str, Step] = {}
        self.papers: dict[str, list[int]] = {}
        """The copies that may be on paper."""

    def teardown(self) -> None:
        self.journal.close()
        self._folder.cleanup()

    def _may(self, key: str, step: Step) -> bool:
        return step in FOLLOWERS[self.last.get(key)]

    @rule(key=KEYS)
    def intent(self, key: str) -> None:
        allowed = self._may(key, Step.INTENT)
        try:
            self.journal.intent(request(key))
        except OrderError:
            assert not allowed
        else:
            assert allowed
            self.last[key] = Step.INTENT

    @rule(key=KEYS, refused=st.booleans())
    def answer(self, key: str, refused: bool) -> None:
        step = Step.REFUSED if refused else Step.ISSUED
        allowed = self._may(key, step)
        try:
            if refused:
                self.journal.refused(key)
            else:
                self.journal.issued(key, ticket(int(key[1])))
        except OrderError:
            assert not allowed
        else:
            assert allowed
            self.last[key] = step

    @rule(key=KEYS, copy=st.integers(0, 3))
    def print_sent(self, key: str, copy: int) -> None:
        before = self.papers.get(key, [])
        try:
            self.journal.print_sent(key, copy)
        except OrderError:
            pass
        else:
            # no two papers that may be out carry the same copy number
            assert copy not in before
            self.papers.setdefault(key, []).append(copy)
            self.last[key] = Step.PRINT_SENT

    @rule(key=KEYS, step=PLAIN_STEPS)
    def record(self, key: str, step: Step) -> None:
        allowed = self._may(key, step)
        try:
            self.journal.record(key, step)
        except OrderError:
            assert not allowed
        else:
            assert allowed
            self.last[key] = step
            if step is Step.PRINT_FAILED:
                self.papers[key].pop()

    @rule()
    def restart(self) -> None:
        self.journal.close()
        self.journal = Journal(self._path)

    @rule(down=st.booleans())
    def recover(self, down: bool) -> None:
        self.backend.before = lost() if down else None
        result = recover(self.journal, self.backend)
        for key, step in self.last.items():
            if step in {Step.ISSUED, Step.PRINT_SENT, Step.PRINT_CONFIRMED}:
                self.last[key] = {
                    Step.ISSUED: Step.VOID,
                    Step.PRINT_SENT: Step.PRINT_UNKNOWN,
                    Step.PRINT_CONFIRMED: Step.TAKEN,
                }[step]
            elif step is Step.INTENT and not down:
                self.last[key] = Step.VOID
        waiting = {key for key, step in self.last.items() if step is Step.INTENT}
        assert set(result.waiting) == waiting
        assert bool(result.waiting) <= down

    @precondition(lambda self: self.last)
    @rule()
    def staff_resolve_everything(self) -> None:
        """What recovery leaves, staff can always bring to an end."""
        self.backend.before = None
        recover(self.journal, self.backend)
        for entry in self.journal.unresolved():
            self.journal.record(entry.key, Step.VOID)
            self.last[entry.key] = Step.VOID
        for key in self.last:
            entry_now = self.journal.entry(key)
            assert entry_now is not None
            self.last[key] = entry_now.last
            assert entry_now.last in ENDS

    @invariant()
    def the_journal_is_as_the_model(self) -> None:
        assert {entry.key: entry.last for entry in self.journal.entries()} == self.last

    @invariant()
    def the_request_is_there_exactly_while_the_answer_is_open(self) -> None:
        for entry in self.journal.entries():
            assert (entry.request is not None) == (entry.last is Step.INTENT)

    @invariant()
    def the_server_is_told_of_every_void_ticket(self) -> None:
        due = {report.key for report in self.journal.due_reports()}
        told = {number for number, state in self.backend.reports if state is TicketState.VOID}
        for entry in self.journal.entries():
            if entry.last is Step.VOID:
                assert entry.ticket is not None
                assert entry.key in due or entry.ticket.id in told


TestJournalStates = JournalMachine.TestCase
TestJournalStates.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
