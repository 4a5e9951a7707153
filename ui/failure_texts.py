"""What the visitor reads when a visit fails: what is wrong, and what to do now.

The texts are source English for Qt's translation tools (`python -m ui.translations`); they blame
nobody, and say nothing that would embarrass the visitor before those who stand behind.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kiosk.visit.failures import Failure
from ui.translations.mark import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class FailureText:
    """The texts of one failure: what is wrong, and what to do."""

    title: str
    advice: str


FAILURE_TEXTS: dict[Failure, FailureText] = {
    Failure.DOCUMENT_UNREADABLE: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "Your document could not be read"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "Open your passport at the photo page, take off any cover, and lay it flat on the "
            "glass. If it does not work again, call staff.",
        ),
    ),
    Failure.DOCUMENT_INVALID: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "Staff need to look at your document"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "The printed lines of your document could not be checked here. "
            "Please call staff, and have your document ready.",
        ),
    ),
    Failure.DOCUMENT_REMOVED: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The document was lifted too early"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "Place it again, and leave it there until the screen says that it is done.",
        ),
    ),
    Failure.DOCUMENT_EXPIRED: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "This document has expired"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "If you have a newer passport or card, cancel and start again with it. "
            "Otherwise please call staff.",
        ),
    ),
    Failure.DOCUMENT_NOT_AUTHENTIC: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "Staff need to look at your document"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "It could not be checked at this machine. Please call staff."
        ),
    ),
    Failure.CHIP_MISMATCH: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "Staff need to look at your document"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "Its chip could not be checked at this machine. Please call staff."
        ),
    ),
    Failure.TWO_DOCUMENTS: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "There is more than one document"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "Take everything off the machine, and then place only the document "
            "that you made your appointment with.",
        ),
    ),
    Failure.NOT_FOR_THIS_HALL: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "This hall serves foreign nationals"),
        QT_TRANSLATE_NOOP("FailureTexts", "If you are not sure where to go, please call staff."),
    ),
    Failure.CODE_NOT_A_RESERVATION: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "This is not an appointment code"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "Show the code from the confirmation of your appointment, or place your document.",
        ),
    ),
    Failure.RESERVATION_UNKNOWN: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "This appointment was not found"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "It may have been changed or cancelled. Try again with your document "
            "instead of the code, or call staff.",
        ),
    ),
    Failure.ALREADY_HAS_TICKET: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "You have already checked in today"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "Your ticket is still valid. If you have lost it, please call staff: "
            "they can print it again.",
        ),
    ),
    Failure.SERVICE_UNAVAILABLE: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "This service is not available any more today"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "You can choose another service, or come back on another day."
        ),
    ),
    Failure.READERS_UNAVAILABLE: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "This machine cannot read documents now"),
        QT_TRANSLATE_NOOP("FailureTexts", "Please use another machine, or call staff."),
    ),
    Failure.BACKEND_UNREACHABLE: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "No connection at the moment"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "Please try again. If it does not work after two tries, call staff."
        ),
    ),
    Failure.BACKEND_TIMEOUT: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "This is taking too long"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "Please try again. If it does not work after two tries, call staff."
        ),
    ),
    Failure.BACKEND_ERROR: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The hall's system has a problem"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "It is not your fault. Please try again. If it does not work after two tries, "
            "call staff.",
        ),
    ),
    Failure.BACKEND_INVALID: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The hall's system has a problem"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "It is not your fault. Please try again. If it does not work after two tries, "
            "call staff.",
        ),
    ),
    Failure.TICKET_REFUSED: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "No ticket could be issued"),
        QT_TRANSLATE_NOOP("FailureTexts", "Please call staff: they can give you a number by hand."),
    ),
    Failure.PRINTER_OFFLINE: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The printer is not answering"),
        QT_TRANSLATE_NOOP("FailureTexts", "Your number is valid. It prints as soon as it can."),
    ),
    Failure.PRINTER_PAPER_OUT: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The printer is out of paper"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "Your number is valid. It prints as soon as there is paper."
        ),
    ),
    Failure.PRINTER_COVER_OPEN: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The printer's cover is open"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "Your number is valid. It prints as soon as the cover is closed."
        ),
    ),
    Failure.PRINTER_FAULT: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The printer has a problem"),
        QT_TRANSLATE_NOOP("FailureTexts", "Your number is valid. It prints as soon as it can."),
    ),
    Failure.PRINT_UNCERTAIN: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "Has your ticket come out?"),
        QT_TRANSLATE_NOOP("FailureTexts", "Please look in the ticket slot. Your number is valid."),
    ),
    Failure.TOO_MANY_COPIES: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "The ticket cannot be printed again"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "Your number is valid. Please call staff: they write it down for you."
        ),
    ),
    Failure.DOCUMENT_FORGOTTEN: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "A document is still on the machine"),
        QT_TRANSLATE_NOOP(
            "FailureTexts",
            "Please take your document. If it is not yours, please tell the information desk.",
        ),
    ),
    Failure.INTERNAL_ERROR: FailureText(
        QT_TRANSLATE_NOOP("FailureTexts", "Something went wrong with this machine"),
        QT_TRANSLATE_NOOP(
            "FailureTexts", "It is not your fault. Please use another machine, or call staff."
        ),
    ),
}


def translated(failure: Failure) -> FailureText:
    """The texts in the language that is installed now."""
    text = FAILURE_TEXTS[failure]
    return FailureText(
        QCoreApplication.translate("FailureTexts", text.title),
        QCoreApplication.translate("FailureTexts", text.advice),
    )
