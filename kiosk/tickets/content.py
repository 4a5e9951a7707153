"""What a ticket says, in the hall's own terms: no printer, no font."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from config.settings import MAX_COPIES

Localized: TypeAlias = Mapping[str, str]
"""Language (BCP 47, e.g. ``zh``, ``en``) -> text."""

PRIMARY_LANGUAGE = "zh"
"""On every ticket, for the staff; the visitor's language is beside it."""


def best_language(text: Localized, language: str) -> str:
    """The language nearest to the wanted one in which there is a text, empty if there is none.

    Its base, then English, Chinese, any.
    """
    base = language.partition("-")[0]
    nearest = (language, base, "en", PRIMARY_LANGUAGE, *text)
    return next((tag for tag in nearest if text.get(tag)), "")


def localize(text: Localized, language: str) -> str:
    """The text in a language, or in the nearest that there is."""
    return text.get(best_language(text, language), "")


class PlaceKind(StrEnum):
    DESK = "desk"
    """Go there now."""
    ZONE = "zone"
    """Wait there; the desk is named when the number is called."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the visitor goes."""

    kind: PlaceKind
    code: str
    """What the sign above the desk or zone says; short printable ASCII, e.g. ``4``, ``B``."""
    name: Localized
    """What it is called besides, e.g. ``Residence permits, ground floor``; may be empty."""

    def __post_init__(self) -> None:
        if not (self.code.isascii() and self.code.isprintable() and 0 < len(self.code) <= 8):
            raise ValueError("a place's code is 1 to 8 printable ASCII characters, as on its sign")


@dataclass(frozen=True, slots=True)
class TicketContent:
    """Everything on one ticket. No personal data: nobody can be found from a lost ticket."""

    number: str
    """Series and number as called, e.g. ``A 012``; printable ASCII."""
    place: Place
    services: tuple[Localized, ...]
    people_ahead: int | None
    """None: not known (offline)."""
    wait_minutes: tuple[int, int] | None
    """Least and most; None: not known."""
    materials: tuple[Localized, ...]
    """What to have at hand at the desk."""
    hall: Localized
    issued_at: datetime
    """Aware, in the hall's time zone."""
    qr: str
    """The signed code, see `kiosk.tickets.qr`; empty: none is printed."""
    language: str
    """The visitor's."""
    copy: int = 0
    """0 is the original, n the n-th copy."""
    training: bool = False

    def __post_init__(self) -> None:
        if not (self.number.isascii() and self.number.isprintable() and self.number.strip()):
            raise ValueError("a ticket number is printable ASCII")
        if not 0 <= self.copy <= MAX_COPIES:
            raise ValueError(f"a ticket has at most {MAX_COPIES} copies")
        if self.issued_at.tzinfo is None:
            raise ValueError("a ticket's time needs a time zone")

    @property
    def languages(self) -> tuple[str, ...]:
        """Chinese, and the visitor's language where it is another one."""
        if self.language.split("-")[0] == PRIMARY_LANGUAGE:
            return (self.language,)
        return (PRIMARY_LANGUAGE, self.language)
