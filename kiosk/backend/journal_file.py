"""The journal's file: SQLite that keeps what it was told through a power cut."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kiosk.backend.journal_error import JournalError, JournalFailure, from_sqlite

_SCHEMA_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE entry (
    key TEXT PRIMARY KEY,
    request TEXT,
    ticket TEXT
) STRICT;
CREATE TABLE step (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL REFERENCES entry (key),
    step TEXT NOT NULL,
    copy INTEGER,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX step_by_key ON step (key, seq);
CREATE TABLE report (
    key TEXT PRIMARY KEY REFERENCES entry (key),
    state TEXT NOT NULL,
    rejected TEXT
) STRICT;
"""
_VIEW: Final = """
CREATE TEMP VIEW ended AS
SELECT key, at
FROM (SELECT key, step, at, max(seq) FROM step GROUP BY key)
WHERE step IN ('refused', 'taken', 'void')
"""
"""Tickets at their end, and since when: SQLite takes the other columns from the row of the max."""
_BUSY_SECONDS: Final = 2.0

_Value = str | int | None


class JournalFile:
    """One connection to the file, for any thread. Every method raises `JournalError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise JournalError(JournalFailure.UNREADABLE, path) from None
        with self._errors():
            self._database = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            self._prepare()
        except BaseException:
            self._database.close()
            raise

    def _prepare(self) -> None:
        with self._errors():
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "secure_delete = ON",
                "foreign_keys = ON",
            ):
                self._database.execute(f"PRAGMA {pragma}")
            (verdict,) = self._database.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise JournalError(JournalFailure.CORRUPT, self._path)
        with self.transaction():
            (version,) = self.execute("PRAGMA user_version").fetchone()
            if version > _SCHEMA_VERSION:
                raise JournalError(JournalFailure.NEWER, self._path)
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    self.execute(statement)
                self.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            self.execute(_VIEW)

    def close(self) -> None:
        """Close the file; harmless when closed."""
        with self._lock:
            self._database.close()

    def transaction(self) -> contextlib.AbstractContextManager[None]:
        """All or nothing of what is written inside; on disk when it is left."""
        return self._bracket("BEGIN IMMEDIATE")

    def reading(self) -> contextlib.AbstractContextManager[None]:
        """One state of the file for all that is read inside."""
        return self._bracket("BEGIN")

    def execute(self, statement: str, values: Sequence[_Value] = ()) -> sqlite3.Cursor:
        """Run one statement, inside `transaction` or `reading`."""
        return self._database.execute(statement, values)

    def executemany(self, statement: str, values: Iterable[Sequence[_Value]]) -> None:
        """Run one statement for each row of values, inside `transaction`."""
        self._database.executemany(statement, values)

    def empty_log(self) -> None:
        """Carry the write-ahead log into the file and empty it: it still holds what was wiped."""
        with self._lock, self._errors():
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextlib.contextmanager
    def _bracket(self, begin: str) -> Iterator[None]:
        with self._lock, self._errors():
            if self._database.in_transaction:
                yield  # part of the one around it
                return
            self._database.execute(begin)
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise from_sqlite(error, self._path) from error
