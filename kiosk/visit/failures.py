"""The closed set of ways in which a visit can fail.

What the visitor reads, in every language, is the screen's matter (`ui.failure_texts`); a test holds
that no code is without it.
"""

from dataclasses import dataclass
from enum import Enum


class Recovery(Enum):
    """What the visitor can do about a failure."""

    TRY_AGAIN = "try again"
    """The same step can succeed when repeated."""
    CHOOSE_SERVICE = "choose a service"
    """The visit can go on without what failed."""
    STAFF_ONLY = "staff only"
    """Only staff can help."""


@dataclass(frozen=True, slots=True)
class FailureInfo:
    """What is known about a failure code."""

    cause: str
    remedy: str
    """What staff do."""
    recovery: Recovery


class Failure(Enum):
    """Every way a visit can fail. The value says why, and who can do what about it."""

    DOCUMENT_UNREADABLE = FailureInfo(
        "No machine readable zone or chip could be read within the time allowed.",
        "Help to place the document flat, photo page down; clean the glass; else serve by hand.",
        Recovery.TRY_AGAIN,
    )
    DOCUMENT_INVALID = FailureInfo(
        "The machine readable zone was read for certain, but breaks the rules of ICAO Doc 9303.",
        "Check the document by hand: it may be damaged, misprinted or altered.",
        Recovery.STAFF_ONLY,
    )
    DOCUMENT_REMOVED = FailureInfo(
        "The document was lifted before it had been read.",
        "Ask the visitor to leave it in place until the screen says so.",
        Recovery.TRY_AGAIN,
    )
    DOCUMENT_EXPIRED = FailureInfo(
        "The document's date of expiry has passed.",
        "Check for a newer document; an expired one cannot be used to check in.",
        Recovery.STAFF_ONLY,
    )
    DOCUMENT_NOT_AUTHENTIC = FailureInfo(
        "The chip's data was altered, its signer is forged or revoked, or the chip is a copy.",
        "Keep the visitor at the hall and check the document at a desk with full equipment.",
        Recovery.STAFF_ONLY,
    )
    CHIP_MISMATCH = FailureInfo(
        "The chip and the printed page do not say the same.",
        "Check the document at a desk with full equipment.",
        Recovery.STAFF_ONLY,
    )
    TWO_DOCUMENTS = FailureInfo(
        "More than one document lies on the kiosk's readers.",
        "Ask the visitor to leave only one document in place.",
        Recovery.TRY_AGAIN,
    )
    NOT_FOR_THIS_HALL = FailureInfo(
        "A citizen's ID card or a J card was placed: this hall serves foreigners.",
        "Send the visitor to the place that the hall profile names.",
        Recovery.TRY_AGAIN,
    )
    CODE_NOT_A_RESERVATION = FailureInfo(
        "A barcode was read that is no reservation code.",
        "Ask for the code in the reservation's confirmation, or for the document.",
        Recovery.TRY_AGAIN,
    )
    RESERVATION_UNKNOWN = FailureInfo(
        "The reservation code has expired, or the hall server does not know it.",
        "Look the reservation up by document; it may be cancelled.",
        Recovery.TRY_AGAIN,
    )
    ALREADY_HAS_TICKET = FailureInfo(
        "There is a live ticket for this reservation or document today.",
        "Tell the visitor the number; if the ticket was lost, void it and let them check in again.",
        Recovery.STAFF_ONLY,
    )
    SERVICE_UNAVAILABLE = FailureInfo(
        "No desk can handle the service today, or its tickets have run out.",
        "Open a desk for the service, or offer another day.",
        Recovery.CHOOSE_SERVICE,
    )
    READERS_UNAVAILABLE = FailureInfo(
        "Neither camera nor card reader can be used now.",
        "Check the cables of camera and reader; see the device's status in maintenance.",
        Recovery.STAFF_ONLY,
    )
    BACKEND_UNREACHABLE = FailureInfo(
        "No connection to the hall server.",
        "Check the kiosk's network and the hall server.",
        Recovery.TRY_AGAIN,
    )
    BACKEND_TIMEOUT = FailureInfo(
        "The hall server did not answer in time.",
        "Check the hall server's load and the network.",
        Recovery.TRY_AGAIN,
    )
    BACKEND_ERROR = FailureInfo(
        "The hall server reported an error of its own.",
        "See the hall server's log at the time of the failure.",
        Recovery.TRY_AGAIN,
    )
    BACKEND_INVALID = FailureInfo(
        "The hall server's answer could not be understood.",
        "Check the backend URL and that server and kiosk are of matching versions.",
        Recovery.TRY_AGAIN,
    )
    TICKET_REFUSED = FailureInfo(
        "The hall server refused to issue the ticket.",
        "See the reason in the hall server's log; issue a ticket by hand.",
        Recovery.STAFF_ONLY,
    )
    PRINTER_OFFLINE = FailureInfo(
        "The printer is switched off, unplugged or offline.",
        "Switch the printer on, check its cable; the ticket is printed as soon as it is back.",
        Recovery.TRY_AGAIN,
    )
    PRINTER_PAPER_OUT = FailureInfo(
        "The printer has no paper.",
        "Put in a new roll; the ticket is printed as soon as the cover is closed.",
        Recovery.TRY_AGAIN,
    )
    PRINTER_COVER_OPEN = FailureInfo(
        "The printer's cover is open.",
        "Close the cover; the ticket is printed as soon as it is closed.",
        Recovery.TRY_AGAIN,
    )
    PRINTER_FAULT = FailureInfo(
        "The printer reports a fault: cutter, jam, head or an unrecoverable error.",
        "Clear the jam or switch the printer off and on; see its status in maintenance.",
        Recovery.TRY_AGAIN,
    )
    PRINT_UNCERTAIN = FailureInfo(
        "The printer did not prove that the ticket came out, nor that it did not.",
        "Look whether a ticket lies in the chute; if not, reprint it as a copy.",
        Recovery.TRY_AGAIN,
    )
    TOO_MANY_COPIES = FailureInfo(
        "The ticket has been reprinted as often as is allowed.",
        "Check the chute and the printer; write the number down for the visitor.",
        Recovery.STAFF_ONLY,
    )
    DOCUMENT_FORGOTTEN = FailureInfo(
        "The visit is over, and a document still lies on the kiosk.",
        "Take the document and find its holder.",
        Recovery.STAFF_ONLY,
    )
    INTERNAL_ERROR = FailureInfo(
        "The kiosk's own software failed.",
        "See the kiosk's log; restart the kiosk if it happens again.",
        Recovery.STAFF_ONLY,
    )
