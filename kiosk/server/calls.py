"""Calls for staff: taken from kiosks, shown to desks, and done when somebody has come."""

import uuid
from datetime import datetime
from http import HTTPStatus

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.hall import problems
from kiosk.hall.calls import OpenCall, StaffCall
from kiosk.server.hall import Hall
from kiosk.server.problem import ProblemError
from kiosk.server.schema import CallRow


def take_call(session: Session, hall: Hall, call: StaffCall) -> OpenCall:
    """Take a call. While nobody has come, a kiosk that calls again for the same is one call."""
    same = (
        row
        for row in _open_rows(session, hall, call.at)
        if (row.kiosk_id, row.failure) == (call.kiosk_id, call.failure)
    )
    row = next(same, None)
    if row is None:
        row = CallRow(
            id=uuid.uuid4().hex,
            hall_id=hall.id,
            kiosk_id=call.kiosk_id,
            failure=call.failure,
            at=call.at,
        )
        session.add(row)
    return _to_call(row, hall)


def open_calls(session: Session, hall: Hall, now: datetime) -> tuple[OpenCall, ...]:
    """Today's calls to which nobody has come, the oldest first."""
    return tuple(_to_call(row, hall) for row in _open_rows(session, hall, now))


def call_done(session: Session, hall: Hall, call_id: str, now: datetime) -> None:
    """Somebody has come; telling it again changes nothing.

    Raises:
        ProblemError: the hall has no such call.
    """
    row = session.get(CallRow, call_id)
    if row is None or row.hall_id != hall.id:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, problems.CALL_UNKNOWN, "There is no such call in this hall."
        )
    if row.done_at is None:
        row.done_at = now


def _open_rows(session: Session, hall: Hall, now: datetime) -> list[CallRow]:
    rows = session.scalars(
        select(CallRow)
        .where(CallRow.hall_id == hall.id, CallRow.done_at.is_(None))
        .order_by(CallRow.at, CallRow.id)
    )
    # who called yesterday has gone home
    today = hall.business_date(now)
    return [row for row in rows if hall.business_date(row.at) == today]


def _to_call(row: CallRow, hall: Hall) -> OpenCall:
    return OpenCall(row.id, row.kiosk_id, row.failure, hall.local(row.at))
