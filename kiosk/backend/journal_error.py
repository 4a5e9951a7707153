"""What can be wrong with the journal."""

import sqlite3
from enum import StrEnum
from pathlib import Path


class JournalFailure(StrEnum):
    """Why the journal cannot be used; a closed set."""

    CORRUPT = "corrupt"
    LOCKED = "locked"
    FULL = "full"
    UNREADABLE = "unreadable"
    NEWER = "newer"


_REMEDIES = {
    JournalFailure.CORRUPT: "is damaged or no journal; keep it as evidence: move it aside, resolve "
    "today's tickets with the hall server, and start again",
    JournalFailure.LOCKED: "is in use by another program; end it, only one kiosk may write",
    JournalFailure.FULL: "cannot grow, the disk is full; make room, nothing was lost",
    JournalFailure.UNREADABLE: "cannot be opened or written; check the folder, its rights and the "
    "disk",
    JournalFailure.NEWER: "was written by a newer version of this program; use that version",
}

_BY_CODE = {
    sqlite3.SQLITE_BUSY: JournalFailure.LOCKED,
    sqlite3.SQLITE_LOCKED: JournalFailure.LOCKED,
    sqlite3.SQLITE_FULL: JournalFailure.FULL,
    sqlite3.SQLITE_CORRUPT: JournalFailure.CORRUPT,
    sqlite3.SQLITE_NOTADB: JournalFailure.CORRUPT,
}


class JournalError(Exception):
    """The journal cannot be used, so no ticket may be issued or printed; the text says what to do.

    What it held before is as it was: a step is written whole or not at all.
    """

    def __init__(self, failure: JournalFailure, path: Path) -> None:
        super().__init__(f"journal {path} {_REMEDIES[failure]}")
        self.failure = failure


def from_sqlite(error: sqlite3.Error, path: Path) -> JournalError:
    """The error of the journal for an error of SQLite, by its primary result code."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    failure = _BY_CODE.get(code)
    if failure is None:
        # IOERR, CANTOPEN, READONLY, PERM: the file or its folder
        failure = JournalFailure.UNREADABLE
    return JournalError(failure, path)
