"""The tables of the hall server. Nothing in them says who a visitor is."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from kiosk.hall.model import TicketState


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC, so that it reads the same from every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To the database: UTC without a zone; a moment without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """From the database: with UTC as its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


_STATE = Enum(
    TicketState, native_enum=False, length=16, values_callable=lambda states: [*map(str, states)]
)


class Base(DeclarativeBase):
    """What all tables have in common."""

    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it as it is
        datetime: UtcDateTime,
        list[str]: JSON,
        str: String(64),
    }


class HallRow(Base):
    """A hall. Whoever changes its queue locks its row first, so changes come one after another."""

    __tablename__ = "hall"
    id: Mapped[str] = mapped_column(primary_key=True)


class DeskRow(Base):
    """A desk's state; what it can do is in the hall's profile."""

    __tablename__ = "desk"
    hall_id: Mapped[str] = mapped_column(ForeignKey("hall.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    is_open: Mapped[bool] = mapped_column(default=False)
    ticket_id: Mapped[str | None] = mapped_column(ForeignKey("ticket.id"))
    """Who is at the desk, or on the way to it; None: the desk is free."""
    since: Mapped[datetime]
    """Since when it is as it is."""


class ReservationRow(Base):
    """A reservation made beforehand."""

    __tablename__ = "reservation"
    id: Mapped[str] = mapped_column(primary_key=True)
    hall_id: Mapped[str] = mapped_column(ForeignKey("hall.id"))
    service_ids: Mapped[list[str]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    code: Mapped[str | None] = mapped_column(unique=True)
    """Reservation code in upper case, without spaces and hyphens."""
    fulfilled: Mapped[bool] = mapped_column(default=False)
    """Its ticket was served, so it is used up."""
    __table_args__ = (Index("reservation_by_time", "hall_id", "starts_at"),)


class ReservationDocumentRow(Base):
    """A document under which a reservation is known, by its keyed hash."""

    __tablename__ = "reservation_document"
    document_key: Mapped[str] = mapped_column(primary_key=True)
    reservation_id: Mapped[str] = mapped_column(ForeignKey("reservation.id"), primary_key=True)


class TicketRow(Base):
    """A ticket, from its issue to its end."""

    __tablename__ = "ticket"
    id: Mapped[str] = mapped_column(primary_key=True)
    hall_id: Mapped[str] = mapped_column(ForeignKey("hall.id"))
    business_date: Mapped[date]
    series: Mapped[str] = mapped_column(String(1))
    number: Mapped[int]
    order: Mapped[int]
    """Place among all tickets of the hall's day, whatever the series."""
    state: Mapped[TicketState] = mapped_column(_STATE)
    service_ids: Mapped[list[str]]
    needs: Mapped[list[str]]
    """What a desk must be able to do to call it."""
    minutes: Mapped[int]
    """Typical time at the desk."""
    zone_id: Mapped[str]
    desk_id: Mapped[str | None]
    """The desk that it was sent to, or that called it."""
    due_at: Mapped[datetime]
    issued_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reservation_id: Mapped[str | None] = mapped_column(ForeignKey("reservation.id"))
    language: Mapped[str]
    people_ahead: Mapped[int]
    wait_low: Mapped[int]
    wait_high: Mapped[int]
    __table_args__ = (
        UniqueConstraint("hall_id", "business_date", "series", "number"),
        Index("ticket_by_state", "hall_id", "business_date", "state"),
    )

    @property
    def display_number(self) -> str:
        """Series and number as people read it."""
        return f"{self.series} {self.number:03}"


class ClaimRow(Base):
    """What only one live ticket may stand for: a reservation, or a document for a service today.

    The row is there while the ticket lives; its primary key keeps a second ticket out.
    """

    __tablename__ = "claim"
    hall_id: Mapped[str] = mapped_column(primary_key=True)
    claim: Mapped[str] = mapped_column(String(200), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("ticket.id"), index=True)


class CounterRow(Base):
    """The last number of a series on a day; it changes together with the ticket or not at all.

    The series ``*`` counts all tickets.
    """

    __tablename__ = "counter"
    hall_id: Mapped[str] = mapped_column(primary_key=True)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(String(1), primary_key=True)
    last: Mapped[int]


class CallRow(Base):
    """A call for staff to come to a kiosk."""

    __tablename__ = "call"
    id: Mapped[str] = mapped_column(primary_key=True)
    hall_id: Mapped[str] = mapped_column(ForeignKey("hall.id"))
    kiosk_id: Mapped[str]
    failure: Mapped[str | None]
    """Code of the failure; None: the visitor asked for help."""
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    """When somebody had come; None: the call is open."""
    __table_args__ = (Index("call_by_end", "hall_id", "done_at"),)


class AnswerRow(Base):
    """The answer to a request with an Idempotency-Key, to be given again."""

    __tablename__ = "answer"
    hall_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[int]
    media_type: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
