"""The kiosk's journal: what was wanted, issued and printed, on disk before it is done.

SQLite with a write-ahead log and synchronous=FULL: a step that was recorded survives a power cut.
Nothing in it says who the visitor is. The request, which holds the document's keyed hash so that
it can be repeated after a power cut, is wiped as soon as the server's answer is in.
"""

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from pydantic import TypeAdapter

from kiosk.backend.contract import TicketRequest
from kiosk.backend.journal_file import JournalFile
from kiosk.backend.steps import Actor, Step, check_order
from kiosk.hall.model import Ticket, TicketState

_NOTE: Final = re.compile(r"[A-Za-z0-9 _.,:/+-]{0,80}")

_TICKET: Final = TypeAdapter(Ticket)
_REQUEST: Final = TypeAdapter(TicketRequest)

Clock = Callable[[], datetime]


KEEP: Final = timedelta(days=30)
"""How long tickets that came to an end are kept, for questions that come up later."""


@dataclass(frozen=True, slots=True)
class JournalStep:
    """One line of the journal."""

    step: Step
    copy: int | None
    """Which copy, for steps of printing; 0 is the original."""
    at: datetime
    actor: Actor
    note: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One ticket wanted, and all that has happened to it."""

    key: str
    steps: tuple[JournalStep, ...]
    ticket: Ticket | None
    request: TicketRequest | None
    """Only until the server's answer is in."""

    @property
    def last(self) -> Step:
        """The last step."""
        return self.steps[-1].step

    @property
    def last_copy(self) -> int | None:
        """The copy last sent to the printer; None where none was."""
        return next(
            (step.copy for step in reversed(self.steps) if step.step is Step.PRINT_SENT), None
        )


@dataclass(frozen=True, slots=True)
class DueReport:
    """What the hall server has still to be told about a ticket."""

    key: str
    ticket_id: str
    number: str
    state: TicketState
    rejected: str | None = None
    """The problem type with which the server refused it for good; it is not sent again."""


class Journal:
    """The journal in one file. May be used from any thread; each call is one transaction.

    Every method raises `JournalError` where the file cannot be used, and then changed nothing.
    """

    def __init__(self, path: Path, clock: Clock = lambda: datetime.now(UTC)) -> None:
        """Open the journal, making it where there is none, and forget what ended long ago.

        Raises:
            JournalError: it cannot be opened, is damaged, or was written by a newer version.
        """
        self._clock = clock
        self._file = JournalFile(path)
        self.forget_before(clock() - KEEP)

    def close(self) -> None:
        """Close the file; harmless when closed."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def intent(self, request: TicketRequest) -> None:
        """Record that a ticket is going to be asked for, before it is.

        Raises:
            OrderError: the key is in the journal already.
        """
        body = json.dumps(dataclasses.asdict(request))
        with self._file.transaction():
            check_order(self._last(request.key)[0], None, Step.INTENT, 0)
            self._file.execute(
                "INSERT INTO entry (key, request) VALUES (?, ?)", (request.key, body)
            )
            self._append(request.key, Step.INTENT, None, Actor.VISIT, "")

    def issued(self, key: str, ticket: Ticket, actor: Actor = Actor.VISIT) -> None:
        """Record the ticket that the server issued, and wipe the request.

        Raises:
            OrderError: the ticket was not asked for, or the answer was in already.
        """
        # whose reservation it was is of no use on this machine any more
        body = _TICKET.dump_json(dataclasses.replace(ticket, reservation_id=None)).decode()
        with self._file.transaction():
            self._take(key, Step.ISSUED, None, actor, "")
            self._file.execute(
                "UPDATE entry SET ticket = ?, request = NULL WHERE key = ?", (body, key)
            )
        self._file.empty_log()

    def refused(self, key: str, note: str = "", actor: Actor = Actor.VISIT) -> None:
        """Record that the server will issue no ticket, and wipe the request.

        Raises:
            OrderError: the ticket was not asked for, or the answer was in already.
        """
        with self._file.transaction():
            self._take(key, Step.REFUSED, None, actor, note)
            self._file.execute("UPDATE entry SET request = NULL WHERE key = ?", (key,))
        self._file.empty_log()

    def print_sent(self, key: str, copy: int = 0, actor: Actor = Actor.VISIT) -> None:
        """Record that a ticket goes to the printer, before its first byte does.

        Raises:
            OrderError: it cannot be printed now, or `copy` does not count on.
        """
        with self._file.transaction():
            self._take(key, Step.PRINT_SENT, copy, actor, "")

    def record(self, key: str, step: Step, note: str = "", actor: Actor = Actor.VISIT) -> None:
        """Record what became of printing, that the ticket was taken, or that it is void.

        A confirmed print and a void ticket are noted to be reported to the hall server.

        Args:
            key: the ticket's key.
            step: PRINT_CONFIRMED, PRINT_FAILED, PRINT_UNKNOWN, TAKEN or VOID.
            note: a code of failure or status, never anything about the visitor.
            actor: who took the step.

        Raises:
            OrderError: the step cannot follow the last one.
            ValueError: the note is no plain code, or the step has a method of its own.
        """
        if step in {Step.INTENT, Step.ISSUED, Step.REFUSED, Step.PRINT_SENT}:
            raise ValueError(f"{step} has a method of its own")
        with self._file.transaction():
            self._take(key, step, self._last(key)[1], actor, note)
            if step is Step.PRINT_CONFIRMED:
                self._report(key, TicketState.PRINTED)
            elif step is Step.VOID:
                self._report(key, TicketState.VOID)

    def entry(self, key: str) -> JournalEntry | None:
        """All that is known of one ticket; None where the key is not in the journal."""
        return next(self._entries("WHERE key = ?", (key,)), None)

    def entries(self) -> tuple[JournalEntry, ...]:
        """All tickets, the oldest first."""
        return tuple(self._entries("", ()))

    def unresolved(self) -> tuple[JournalEntry, ...]:
        """Tickets that have not come to an end, the oldest first."""
        return tuple(self._entries("WHERE key NOT IN (SELECT key FROM ended)", ()))

    def due_reports(self) -> tuple[DueReport, ...]:
        """What the hall server has still to be told."""
        return self._reports(rejected=False)

    def rejected_reports(self) -> tuple[DueReport, ...]:
        """What the hall server refused to hear for good; for staff to see."""
        return self._reports(rejected=True)

    def reported(self, report: DueReport) -> None:
        """Note that the server was told."""
        with self._file.transaction():
            self._file.execute(
                "DELETE FROM report WHERE key = ? AND state = ?", (report.key, report.state.value)
            )

    def report_rejected(self, report: DueReport, problem_type: str) -> None:
        """Note that the server will never accept the report."""
        with self._file.transaction():
            self._file.execute(
                "UPDATE report SET rejected = ? WHERE key = ? AND state = ?",
                (problem_type, report.key, report.state.value),
            )

    def forget_before(self, moment: datetime) -> int:
        """Delete tickets that came to an end before a moment; how many.

        What has not come to an end, or has still to be reported, stays.
        """
        with self._file.transaction():
            forgotten = self._file.execute(
                "SELECT key FROM ended WHERE at < ? AND key NOT IN (SELECT key FROM report)",
                (_stamp(moment),),
            ).fetchall()
            self._file.executemany("DELETE FROM step WHERE key = ?", forgotten)
            self._file.executemany("DELETE FROM entry WHERE key = ?", forgotten)
        self._file.empty_log()
        return len(forgotten)

    def _take(self, key: str, step: Step, copy: int | None, actor: Actor, note: str) -> None:
        last, last_copy = self._last(key)
        check_order(last, last_copy, step, copy or 0)
        self._append(key, step, copy, actor, note)

    def _append(self, key: str, step: Step, copy: int | None, actor: Actor, note: str) -> None:
        if not _NOTE.fullmatch(note):
            raise ValueError("a note is a plain code of at most 80 characters")
        self._file.execute(
            "INSERT INTO step (key, step, copy, at, actor, note) VALUES (?, ?, ?, ?, ?, ?)",
            (key, step.value, copy, _stamp(self._clock()), actor.value, note),
        )

    def _last(self, key: str) -> tuple[Step | None, int | None]:
        """A ticket's last step, and the copy last sent to the printer."""
        row = self._file.execute(
            "SELECT step FROM step WHERE key = ? ORDER BY seq DESC LIMIT 1", (key,)
        ).fetchone()
        (copy,) = self._file.execute(
            "SELECT max(copy) FROM step WHERE key = ? AND step = ?", (key, Step.PRINT_SENT.value)
        ).fetchone()
        return (Step(row[0]) if row else None), copy

    def _report(self, key: str, state: TicketState) -> None:
        self._file.execute(
            "INSERT INTO report (key, state) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET state = excluded.state, rejected = NULL",
            (key, state.value),
        )

    def _reports(self, *, rejected: bool) -> tuple[DueReport, ...]:
        with self._file.reading():
            rows = self._file.execute(
                "SELECT key, state, rejected, ticket FROM report JOIN entry USING (key) "
                "WHERE (rejected IS NOT NULL) = ? ORDER BY report.rowid",
                (rejected,),
            ).fetchall()
        reports = []
        for key, state, problem, body in rows:
            ticket = _TICKET.validate_json(body)
            reports.append(DueReport(key, ticket.id, ticket.number, TicketState(state), problem))
        return tuple(reports)

    def _entries(self, where: str, values: tuple[str, ...]) -> Iterator[JournalEntry]:
        with self._file.reading():
            entries = self._file.execute(
                f"SELECT key, request, ticket FROM entry {where} "  # noqa: S608 -- our own clause
                "ORDER BY rowid",
                values,
            ).fetchall()
            steps: dict[str, list[JournalStep]] = {}
            for key, step, copy, at, actor, note in self._file.execute(
                f"SELECT key, step, copy, at, actor, note FROM step {where} "  # noqa: S608 -- same
                "ORDER BY seq",
                values,
            ):
                steps.setdefault(key, []).append(
                    JournalStep(Step(step), copy, datetime.fromisoformat(at), Actor(actor), note)
                )
        for key, request, ticket in entries:
            yield JournalEntry(
                key,
                tuple(steps[key]),
                _TICKET.validate_json(ticket) if ticket else None,
                _REQUEST.validate_json(request) if request else None,
            )


def _stamp(moment: datetime) -> str:
    """A moment as it is stored: in UTC and of one length, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
