"""What a visit needs to know of its hall: plain data, made from the configuration."""

from dataclasses import dataclass
from typing import Final

from config.hall_profile import HallProfile
from devices.documents.identity import Source
from kiosk.visit.events import Component


@dataclass(frozen=True, slots=True)
class Timeouts:
    """All waits of a visit, in seconds. The configuration has the usual ones."""

    idle: float
    """Without a touch until 'are you still there?' is asked."""
    countdown: float
    """From that question to the end of the visit."""
    reading: float
    """For reading a document that lies there, and anew from each new piece of advice about it."""
    backend: float
    """Until an answer of the backend is given up, however it fails to come."""
    printing: float
    """Until the printer's word is given up."""
    ticket_shown: float
    """How long number and desk stay on the screen."""
    take_document: float
    """Until a document left behind is reported to staff."""
    staff: float = 120.0
    """How long 'staff are coming' stays on the screen."""
    wiping: float = 5.0
    """Until the order to forget is given again."""


@dataclass(frozen=True, slots=True)
class VisitRules:
    """The hall's rules as far as one visit is concerned."""

    hall: HallProfile
    """Its first language is that of the attract screen."""
    walk_in_services: tuple[str, ...]
    """Services that can be had without a reservation, in the order of the screen."""
    max_copies: int
    """How often one ticket may be reprinted during a visit."""
    timeouts: Timeouts
    readers: frozenset[Source] = frozenset(Source)
    """The readers that the kiosk is fitted with; one of them is enough to work."""
    required: frozenset[Component] = frozenset({Component.PRINTER, Component.BACKEND})
    """Components without which the kiosk is out of service, besides the last reader."""

    def missing(self, unusable: frozenset[Component]) -> frozenset[Component]:
        """The components without which no visit can be served now (CUSS 2: required)."""
        missing = unusable & self.required
        return missing | self.reader_components if self.no_reader(unusable) else missing

    @property
    def reader_components(self) -> frozenset[Component]:
        """The readers as components."""
        return frozenset(READER_OF[source] for source in self.readers)

    def no_reader(self, unusable: frozenset[Component]) -> bool:
        """Whether no document can be read at all now."""
        return self.reader_components <= unusable


READER_OF: Final = {
    Source.CAMERA: Component.CAMERA,
    Source.CHIP: Component.CHIP_READER,
    Source.ID_CARD: Component.ID_CARD_READER,
}
