"""The server's database: SQLite by default, PostgreSQL where several halls share it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session

from config.hall_profile import HallProfile
from kiosk.server.clock import Clock
from kiosk.server.schema import Base, DeskRow, HallRow

_BUSY_MILLISECONDS: Final = 10_000
_READ_ONLY: Final = "hall_read_only"


class Database:
    """Sessions on one database, made ready for a set of halls."""

    def __init__(self, url: str, halls: tuple[HallProfile, ...], clock: Clock) -> None:
        """Connect, make tables that are missing, and rows for new halls and desks.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database cannot be used.
        """
        address = make_url(url)
        if address.get_backend_name() == "sqlite" and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = create_engine(address)
        if address.get_backend_name() == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        Base.metadata.create_all(self.engine)
        with self.writing() as session:
            _add_halls(session, halls, clock)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at its end, or rolled back on an error."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, and keeps no writer waiting."""
        with (
            Session(self.engine.execution_options(**{_READ_ONLY: True})) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def lock_hall(session: Session, hall_id: str) -> None:
    """Let nobody else change the hall's queue until the transaction ends."""
    session.execute(select(HallRow).where(HallRow.id == hall_id).with_for_update()).one()


def _prepare_sqlite(connection: Any, _: object) -> None:
    # transactions are begun by _begin_sqlite, not by the module's own guess
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(_READ_ONLY)
    # a writer takes its lock at once: one that has read first cannot get it without a conflict
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _add_halls(session: Session, halls: tuple[HallProfile, ...], clock: Clock) -> None:
    for hall in halls:
        if session.get(HallRow, hall.id) is None:
            session.add(HallRow(id=hall.id))
            session.flush()
        for desk in hall.desks:
            if session.get(DeskRow, (hall.id, desk.id)) is None:
                session.add(DeskRow(hall_id=hall.id, id=desk.id, since=clock()))
