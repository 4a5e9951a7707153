"""The state of the kiosk during, and between, visits."""

from dataclasses import dataclass

from devices.documents.identity import Source
from kiosk.visit.events import Component
from kiosk.visit.stages import Stage


@dataclass(frozen=True, slots=True)
class Visit:
    """All state there is. What the devices and the backend hold besides is named in effects."""

    visit_id: str
    """Random; idempotency keys begin with it. Says nothing about the visitor."""
    language: str
    stage: Stage
    serial: int = 0
    """Number of the newest request or timer: answers to older ones are told apart by it."""
    timer: int = 0
    """Number of the timer that is set; 0: none."""
    choices: int = 0
    """How many different tickets have been asked for in this visit; part of the key."""
    lying: frozenset[Source] = frozenset()
    """Readers on which a document lies now."""
    unusable: frozenset[Component] = frozenset()
    """Components that have reported that they cannot be used now."""
    language_chosen: bool = False
    """Whether the visitor has said it; until then it follows the document (`languages`)."""
