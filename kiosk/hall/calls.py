"""Calls for staff, as kiosk and hall server speak of them. Nothing in one says who the visitor is.

The limits in the types hold where a call is read from JSON.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AwareDatetime, StringConstraints

from kiosk.hall.model import Id

KioskId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]
"""Name of a machine among the kiosks of its hall, e.g. ``urban-1``."""
FailureCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{0,39}$")]
"""Why staff are needed, e.g. ``PRINTER_PAPER_OUT``; docs/failure-codes.md says what they do."""


@dataclass(frozen=True, slots=True)
class StaffCall:
    """Somebody is needed at a kiosk."""

    kiosk_id: KioskId
    failure: FailureCode | None
    """None: the visitor asked for help."""
    at: AwareDatetime
    """When the kiosk called; the hall server may hear of it later."""


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call as desks see it, until somebody has come."""

    id: Id
    kiosk_id: KioskId
    failure: FailureCode | None
    at: AwareDatetime
