"""What ends each fault: itself, staff or service."""

from dataclasses import dataclass
from enum import StrEnum

from devices.printer.contract import PrintReason


class RecoveredBy(StrEnum):
    ITSELF = "itself"
    STAFF = "staff"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Recovery:
    by: RecoveredBy
    remedy: str
    """One sentence for whoever can act."""


_STAFF, _ITSELF, _SERVICE = RecoveredBy.STAFF, RecoveredBy.ITSELF, RecoveredBy.SERVICE

RECOVERY: dict[PrintReason, Recovery] = {
    PrintReason.NONE: Recovery(_ITSELF, ""),
    PrintReason.PAPER_OUT: Recovery(_STAFF, "Out of paper: put in a new roll."),
    PrintReason.COVER_OPEN: Recovery(_STAFF, "The cover is open: close it."),
    PrintReason.CUTTER_ERROR: Recovery(
        _STAFF, "The cutter is blocked: open the cover, free the blade, close the cover."
    ),
    PrintReason.MECHANICAL_ERROR: Recovery(
        _STAFF, "Paper jam or mechanical error: open the cover, remove the paper, close the cover."
    ),
    PrintReason.HEAD_HOT: Recovery(_ITSELF, "The print head is hot: it goes on when it is cool."),
    PrintReason.UNRECOVERABLE_ERROR: Recovery(
        _SERVICE, "The printer has failed: switch it off and on; if that does not help, replace it."
    ),
    PrintReason.OFFLINE: Recovery(
        _STAFF, "The printer is offline: check that nobody holds its feed button."
    ),
    PrintReason.NO_ANSWER: Recovery(
        _STAFF, "The printer does not answer: check its power, its cable and its address."
    ),
    PrintReason.CONNECTION_LOST: Recovery(
        _ITSELF, "The connection to the printer is lost: it is tried again by itself."
    ),
    PrintReason.FLUSH_FAIL: Recovery(
        _STAFF, "The printer lost the ticket while printing: look whether one came out."
    ),
    PrintReason.BUSY: Recovery(
        _ITSELF,
        "The printer answers but does not take the ticket: it is busy, or a model that cannot "
        "confirm (then add proof=none to its URI).",
    ),
    PrintReason.NO_PROOF: Recovery(
        _STAFF, "The printer cannot prove that it printed: look whether a ticket came out."
    ),
    PrintReason.CANCELED: Recovery(_ITSELF, "Printing was cancelled."),
    PrintReason.TIME_OUT: Recovery(_STAFF, "Printing took too long: look at the printer."),
    PrintReason.INVALID_DATA: Recovery(_SERVICE, "The ticket does not suit this printer."),
}


def resumes_by_itself(faults: tuple[PrintReason, ...]) -> bool:
    """Whether a job may be left in the printer because its faults end without anybody."""
    return all(RECOVERY[fault].by is RecoveredBy.ITSELF for fault in faults)
