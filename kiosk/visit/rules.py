"""What a visit needs to know of its hall: plain data, made from the configuration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """All waits of a visit, in seconds."""

    idle: float = 60.0
    """Without a touch until 'are you still there?' is asked."""
    countdown: float = 10.0
    """From that question to the end of the visit."""
    reading: float = 45.0
    """For placing and reading a document."""
    backend: float = 15.0
    """Until an answer of the backend is given up, however it fails to come."""
    printing: float = 40.0
    """Until the printer's word is given up."""
    ticket_shown: float = 20.0
    """How long number and desk stay on the screen."""
    take_document: float = 30.0
    """Until a document left behind is reported to staff."""
    failure_shown: float = 45.0
    staff: float = 120.0
    """How long 'staff are coming' stays on the screen."""


@dataclass(frozen=True, slots=True)
class VisitRules:
    """The hall's rules as far as one visit is concerned."""

    hall_id: str
    languages: tuple[str, ...]
    """The first one is the language of the attract screen."""
    walk_in_services: tuple[str, ...]
    """Services that can be had without a reservation, in the order of the screen."""
    early_minutes: int = 30
    late_minutes: int = 15
    max_copies: int = 2
    """How often one ticket may be reprinted during a visit."""
    timeouts: Timeouts = Timeouts()
