"""Looking up reservations."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from kiosk.hall.model import LIVE_STATES, Reservation
from kiosk.server.hall import Hall
from kiosk.server.schema import ReservationDocumentRow, ReservationRow, TicketRow

_LOOK_BACK: Final = timedelta(days=30)
"""A reservation that was missed is still found, so that the visitor can be told its day."""
_MOST: Final = 50


def find_reservations(
    session: Session,
    halls: Mapping[str, Hall],
    document_keys: Sequence[str],
    code: str | None,
    now: datetime,
) -> tuple[Reservation, ...]:
    """Open reservations of a document or a code, in all halls and on all days, in order of time."""
    wanted: list[ColumnElement[bool]] = []
    if document_keys:
        wanted.append(
            ReservationRow.id.in_(
                select(ReservationDocumentRow.reservation_id).where(
                    ReservationDocumentRow.document_key.in_(document_keys)
                )
            )
        )
    if code is not None and (plain := normal_code(code)):
        wanted.append(ReservationRow.code == plain)
    if not wanted:
        return ()
    rows = session.scalars(
        select(ReservationRow)
        .where(
            or_(*wanted),
            ReservationRow.fulfilled.is_(False),
            ReservationRow.hall_id.in_(halls),
            ReservationRow.starts_at > now - _LOOK_BACK,
        )
        .order_by(ReservationRow.starts_at, ReservationRow.id)
        .limit(_MOST)
    ).all()
    return tuple(_to_reservation(session, row, halls[row.hall_id]) for row in rows)


def normal_code(code: str) -> str:
    """A reservation code as it is stored, however it was typed."""
    folded = unicodedata.normalize("NFKC", code).upper()
    return "".join(character for character in folded if character.isalnum())


def _to_reservation(session: Session, row: ReservationRow, hall: Hall) -> Reservation:
    ticket = session.scalars(
        select(TicketRow).where(
            TicketRow.reservation_id == row.id, TicketRow.state.in_(LIVE_STATES)
        )
    ).first()
    return Reservation(
        id=row.id,
        hall_id=row.hall_id,
        service_ids=tuple(row.service_ids),
        starts_at=hall.local(row.starts_at),
        ends_at=hall.local(row.ends_at),
        ticket_number=ticket.display_number if ticket else None,
    )
