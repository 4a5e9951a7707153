"""One reading of a document, and what it needs to know: its readers, its waits, its progress."""

import threading
from dataclasses import dataclass, field, replace
from typing import Final

from devices.camera.contract import Code, MrzReading
from devices.chip.reading import ChipReading
from devices.chip.reading import Step as ChipStep
from devices.command import Completion, RequestId
from devices.documents.identity import Identity, Source
from devices.worker import Device
from kiosk.visit.events import ReadingProgress, ReadingStep

_CHIP_STEPS: Final = {
    ChipStep.CONNECT: ReadingStep.CHIP_ACCESS,
    ChipStep.ACCESS: ReadingStep.CHIP_ACCESS,
    ChipStep.SECURITY_OBJECT: ReadingStep.CHIP_DATA,
    ChipStep.PROVE_CHIP: ReadingStep.CHIP_PROOF,
    ChipStep.DATA: ReadingStep.CHIP_DATA,
    ChipStep.VERIFY: ReadingStep.CHIP_PROOF,
}
PAGE_READ_FRACTION: Final = 0.3
"""How far the whole reading is when the page has been read and the chip comes next."""


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers that the kiosk is fitted with."""

    camera: Device | None = None
    chip: Device | None = None
    id_card: Device | None = None

    def by_source(self) -> dict[Source, Device]:
        fitted = {
            Source.CAMERA: self.camera,
            Source.CHIP: self.chip,
            Source.ID_CARD: self.id_card,
        }
        return {source: device for source, device in fitted.items() if device is not None}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a reading waits for what may still come, in seconds."""

    chip: float = 1.0
    """For a chip to be noticed after the printed page has been read."""
    page: float = 2.0
    """For a page to be read, or a reservation's code, where only codes for something else are
    seen."""
    camera: float = 1.0
    """Until a camera that failed but is still there is asked again."""


PATIENCE: Final = Patience()


@dataclass(slots=True)
class Attempt:
    """One reading, from the effect that began it to its only answer."""

    request: int
    page: MrzReading | None = None
    foreign: frozenset[Code] = frozenset()
    """Codes for something else that have been seen."""
    doubtful: bool = False
    """Nothing but such codes is seen, and the page that may lie there is given its time."""
    resumed: bool = False
    """The camera was just asked to read on with the document's own code left out."""
    seen_again: bool = False
    """It has had its time."""
    under_way: dict[Source, RequestId] = field(default_factory=dict)
    """Commands that have been submitted and have not ended."""
    waits: list[threading.Timer] = field(default_factory=list)
    """They may hold what was read, so none outlives the attempt."""

    def has_under_way(self, source: Source, request_id: RequestId) -> bool:
        """Whether a command is one of this attempt's, and has not ended."""
        return self.under_way.get(source) == request_id


def progress_of(request: int, source: Source, step: str, fraction: float) -> ReadingProgress:
    """The progress of the whole reading, from that of one reader."""
    if source is Source.CHIP:
        whole = PAGE_READ_FRACTION + fraction * (1 - PAGE_READ_FRACTION)
        return ReadingProgress(request, _CHIP_STEPS[ChipStep(step)], whole)
    return ReadingProgress(request, ReadingStep.ID_CARD, fraction)


def without_chip(page: MrzReading, completion: Completion[ChipReading]) -> Identity:
    """What the page says, with the reason why its chip could not be asked."""
    identity = page.identity()
    reason = f"chip not read: {completion.error_code or completion.code}"
    return replace(identity, proof=replace(identity.proof, reasons=(reason,)))
