"""A kiosk that is killed at any moment loses nothing that it had recorded."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.backend.journal import Journal
from kiosk.backend.recovery import recover
from kiosk.backend.steps import ENDS, Actor, Step
from kiosk.hall.model import TicketState
from tests.backend.journal_child import VISIT
from tests.backend.support import MemoryBackend, lost

STEPS_BEFORE_THE_LOOP = sum(range(1, len(VISIT) + 1))


def killed_after(path: Path, lines: int) -> dict[str, Step]:
    """Run a kiosk, kill it after some steps; the last step that it told of each ticket.

    It goes on while it is being killed, so it dies anywhere within its next steps.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.backend.journal_child", str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    told = [child.stdout.readline() for _ in range(lines)]
    child.kill()
    told += child.stdout.readlines()
    child.stdout.close()
    assert child.wait(timeout=30) == -9
    # what was cut off in the middle of a line was on disk all the same
    whole = [line.split() for line in told if line.endswith("\n")]
    return {key: Step(step) for key, step in whole}


@pytest.mark.parametrize("more", [0, 3, 21, 52, 98])
def test_what_was_recorded_is_there_after_sigkill_and_comes_to_an_end(
    tmp_path: Path, more: int
) -> None:
    path = tmp_path / "journal.sqlite3"
    told = killed_after(path, STEPS_BEFORE_THE_LOOP + more)
    backend = MemoryBackend()
    with Journal(path) as journal:
        found = {entry.key: entry.last for entry in journal.entries()}
        for key, step in told.items():
            ahead = VISIT.index(found[key]) - VISIT.index(step)
            assert ahead == 0 or (ahead == 1 and key == list(told)[-1])
        # at most the first step of one more ticket had not been told
        assert len(found) - len(told) in {0, 1}
        assert {step: found[f"at-{step.value}"] for step in VISIT} == {s: s for s in VISIT}

        result = recover(journal, backend)
        left = {entry.key: entry.last for entry in journal.unresolved()}
        assert set(left.values()) == {Step.PRINT_UNKNOWN}
        assert "at-print_sent" in left
        assert set(result.for_staff) == set(left)
        assert (result.waiting, result.reports_due) == ((), 0)
        ended = {entry.key: entry.last for entry in journal.entries()}
        assert ended["at-intent"] is Step.VOID
        assert ended["at-issued"] is Step.VOID
        assert ended["at-print_confirmed"] is Step.TAKEN

        for key in left:
            journal.record(key, Step.VOID, actor=Actor.STAFF)
        assert all(entry.last in ENDS for entry in journal.entries())
    # the ticket that nobody had asked for yet was asked for with its own key, and is void
    assert "at-intent" in backend.issued
    assert (backend.issued["at-intent"].id, TicketState.VOID) in backend.reports


def test_recovery_without_the_server_waits_and_is_finished_later(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    killed_after(path, STEPS_BEFORE_THE_LOOP)
    backend = MemoryBackend()
    backend.before = lost()
    with Journal(path) as journal:
        result = recover(journal, backend)
        assert "at-intent" in result.waiting
        assert result.reports_due >= 1
        assert backend.reports == []
    backend.before = None
    with Journal(path) as journal:
        result = recover(journal, backend)
        assert (result.waiting, result.reports_due) == ((), 0)
        assert not journal.due_reports()
