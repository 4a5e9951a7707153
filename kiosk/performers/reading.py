"""Reading a document with all readers at once: camera, chip reader, ID-card reader.

The camera reads the printed page and thereby gets the key to the chip; where a chip lies on the
reader it is read and proven, and must say what the page says. An ID card is read by its own
reader. Whichever gives an identity, or a reservation code, first, ends the reading.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from devices.camera.contract import (
    BarcodeReading,
    GuidanceChanged,
    MrzReading,
    ReadDocument,
)
from devices.camera.contract import DocumentReading as CameraReading
from devices.chip.contract import ZONE_MISMATCH, ReadChip
from devices.chip.reading import ChipReading
from devices.chip.reading import Step as ChipStep
from devices.command import Command, Completion, CompletionCode, RequestId
from devices.documents.identity import Identity, Source
from devices.event import DeviceEvent, MediaInserted, MediaRemoved, Progress, StatusChanged
from devices.idcard.contract import NO_MEDIA, IdCardReading, ReadIdCard
from devices.worker import Device
from kiosk.performers.worker import Worker
from kiosk.visit.effects import Effect, StartReading, StopReading
from kiosk.visit.events import (
    CodeRead,
    DocumentPlaced,
    DocumentRead,
    DocumentRemoved,
    Event,
    Hint,
    HintChanged,
    ReadingFailed,
    ReadingProgress,
    ReadingStep,
)
from kiosk.visit.failures import Failure

ResultT = TypeVar("ResultT")

log = logging.getLogger(__name__)

RESERVATION_PREFIX: Final = "HK1:"
"""What a reservation code begins with."""
CHIP_GRACE_SECONDS: Final = 1.0
"""How long a chip may take to be noticed after the printed page has been read."""
FOREIGN_CODE_SECONDS: Final = 2.0
"""How long a page may still be read after a barcode that is no reservation was seen beside it."""

_CHIP_STEPS: Final = {
    ChipStep.CONNECT: ReadingStep.CHIP_ACCESS,
    ChipStep.ACCESS: ReadingStep.CHIP_ACCESS,
    ChipStep.SECURITY_OBJECT: ReadingStep.CHIP_DATA,
    ChipStep.PROVE_CHIP: ReadingStep.CHIP_PROOF,
    ChipStep.DATA: ReadingStep.CHIP_DATA,
    ChipStep.VERIFY: ReadingStep.CHIP_PROOF,
}
_PAGE_READ_FRACTION: Final = 0.3
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


@dataclass(slots=True)
class _Attempt:
    """One reading, from the effect that began it to its only answer."""

    request: int
    page: MrzReading | None = None
    under_way: dict[Source, RequestId] = field(default_factory=dict)
    """Commands that have been submitted and have not ended."""


class ReadingPerformer:
    """Has documents read. Everything is decided in order on one worker thread."""

    def __init__(
        self,
        readers: Readers,
        read_chip: Callable[[MrzReading], ReadChip],
        worker: Worker,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None:
        """`read_chip` makes the command that reads the chip of a page's document."""
        self._devices = readers.by_source()
        self._read_chip_of = read_chip
        self._worker = worker
        self._post = post
        self._now = now
        self._present: set[Source] = set()
        self._attempt: _Attempt | None = None

    def start(self) -> None:
        """Listen to the readers from now on."""
        for source, device in self._devices.items():
            device.subscribe(partial(self._heard, source))

    def perform(self, effect: Effect) -> None:
        match effect:
            case StartReading(request):
                self._worker.submit(lambda: self._begin(request))
            case StopReading():
                self._worker.submit(self._end)
            case _:
                pass

    def wipe(self) -> None:
        """Forget the page that was read; readers forget a reading when it is answered."""
        self._worker.run(self._end)

    # -- on the worker's thread -------------------------------------------------------------------

    def _begin(self, request: int) -> None:
        self._end()
        self._attempt = attempt = _Attempt(request)
        for source in sorted(self._present):
            self._post(DocumentPlaced(source))
        self._read_page(attempt)
        if Source.ID_CARD in self._present:
            self._read_card(attempt)

    def _end(self) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is not None:
            for source, request_id in attempt.under_way.items():
                self._devices[source].cancel(request_id)

    def _heard(self, source: Source, event: DeviceEvent) -> None:
        """On a device's thread: hand over."""
        self._worker.submit(lambda: self._follow(source, event))

    def _follow(self, source: Source, event: DeviceEvent) -> None:
        attempt = self._attempt
        match event:
            case MediaInserted() if source not in self._present:
                self._present.add(source)
                self._post(DocumentPlaced(source))
                if attempt is not None:
                    self._placed(source, attempt)
            case MediaRemoved():
                self._present.discard(source)
                self._post(DocumentRemoved(source))
            case StatusChanged(status):
                if not status.usable:
                    self._present.discard(source)
                elif attempt is not None and source is Source.CAMERA:
                    self._read_page(attempt)
            case GuidanceChanged(guidance=guidance) if attempt is not None:
                self._post(HintChanged(attempt.request, Hint(guidance.value)))
            case Progress(step=step, fraction=fraction) if attempt is not None:
                self._post(_progress(attempt.request, source, step, fraction))
            case _:
                pass

    def _placed(self, source: Source, attempt: _Attempt) -> None:
        if source is Source.ID_CARD:
            self._read_card(attempt)
        elif source is Source.CHIP and attempt.page is not None:
            self._read_chip(attempt, attempt.page)

    # the printed page and barcodes

    def _read_page(self, attempt: _Attempt, *, after_foreign_code: bool = False) -> None:
        if Source.CAMERA in attempt.under_way or attempt.page is not None:
            return
        command = ReadDocument(barcodes=not after_foreign_code)
        seconds = FOREIGN_CODE_SECONDS if after_foreign_code else 0.0
        self._submit(Source.CAMERA, command, attempt, self._page_ended, seconds)

    def _page_ended(self, attempt: _Attempt, completion: Completion[CameraReading]) -> None:
        match completion.result:
            case MrzReading() as page:
                self._page_read(attempt, page)
            case BarcodeReading(text=text) if text.startswith(RESERVATION_PREFIX):
                code = text.removeprefix(RESERVATION_PREFIX)
                self._answer(attempt, CodeRead(attempt.request, code))
            case BarcodeReading():
                # many documents carry a barcode of their own: the page beside it goes first
                self._read_page(attempt, after_foreign_code=True)
            case None if completion.code is CompletionCode.TIME_OUT:
                failed = ReadingFailed(attempt.request, Failure.CODE_NOT_A_RESERVATION)
                self._answer(attempt, failed)
            case None:
                log.info("the camera ended with %s", completion.code)

    def _page_read(self, attempt: _Attempt, page: MrzReading) -> None:
        attempt.page = page
        self._post(ReadingProgress(attempt.request, ReadingStep.CHIP_ACCESS, _PAGE_READ_FRACTION))
        chip = self._devices.get(Source.CHIP)
        if chip is None or not chip.status.usable:
            self._identified(attempt, page.identity())
        elif Source.CHIP in self._present:
            self._read_chip(attempt, page)
        else:
            later = threading.Timer(
                CHIP_GRACE_SECONDS, self._worker.submit, (lambda: self._no_chip(attempt, page),)
            )
            later.daemon = True
            later.start()

    def _no_chip(self, attempt: _Attempt, page: MrzReading) -> None:
        if attempt is self._attempt and Source.CHIP not in attempt.under_way:
            self._identified(attempt, page.identity())

    # the chip

    def _read_chip(self, attempt: _Attempt, page: MrzReading) -> None:
        if Source.CHIP not in attempt.under_way:
            self._submit(Source.CHIP, self._read_chip_of(page), attempt, self._chip_ended)

    def _chip_ended(self, attempt: _Attempt, completion: Completion[ChipReading]) -> None:
        if completion.result is not None:
            self._identified(attempt, completion.result.identity)
        elif completion.error_code == ZONE_MISMATCH:
            self._answer(attempt, ReadingFailed(attempt.request, Failure.CHIP_MISMATCH))
        elif completion.error_code == NO_MEDIA:
            self._answer(attempt, ReadingFailed(attempt.request, Failure.DOCUMENT_REMOVED))
        elif attempt.page is not None:
            # what the page says stands, and that the chip could not be asked is said with it
            log.info("the chip could not be read: %s", completion.code)
            self._identified(attempt, _chip_unread(attempt.page, completion))

    # the ID card

    def _read_card(self, attempt: _Attempt) -> None:
        if Source.ID_CARD not in attempt.under_way:
            self._submit(Source.ID_CARD, ReadIdCard(), attempt, self._card_ended)

    def _card_ended(self, attempt: _Attempt, completion: Completion[IdCardReading]) -> None:
        reading = completion.result
        if reading is not None and reading.identity is not None:
            self._identified(attempt, reading.identity)
        elif reading is not None:
            self._answer(attempt, ReadingFailed(attempt.request, Failure.NOT_FOR_THIS_HALL))
        elif completion.error_code == NO_MEDIA:
            self._answer(attempt, ReadingFailed(attempt.request, Failure.DOCUMENT_REMOVED))
        else:
            log.info("the ID card could not be read: %s", completion.code)
            self._answer(attempt, ReadingFailed(attempt.request, Failure.DOCUMENT_UNREADABLE))

    # answers

    def _identified(self, attempt: _Attempt, identity: Identity) -> None:
        today = self._now().date()
        expired = identity.expiry_date is not None and identity.expiry_date < today
        self._answer(attempt, DocumentRead(attempt.request, identity, expired))

    def _answer(self, attempt: _Attempt, event: Event) -> None:
        """Give the one answer of the attempt; the other readers are called off."""
        if attempt is self._attempt:
            self._end()
            self._post(event)

    def _submit(
        self,
        source: Source,
        command: Command[ResultT],
        attempt: _Attempt,
        ended: Callable[[_Attempt, Completion[ResultT]], None],
        seconds: float = 0.0,
    ) -> None:
        def on_completion(completion: Completion[ResultT]) -> None:
            self._worker.submit(lambda: on_worker(completion))

        def on_worker(completion: Completion[ResultT]) -> None:
            attempt.under_way.pop(source, None)
            if attempt is self._attempt:
                ended(attempt, completion)

        attempt.under_way[source] = self._devices[source].submit(
            command, on_completion, timeout=seconds
        )


def _progress(request: int, source: Source, step: str, fraction: float) -> ReadingProgress:
    if source is Source.CHIP:
        whole = _PAGE_READ_FRACTION + fraction * (1 - _PAGE_READ_FRACTION)
        return ReadingProgress(request, _CHIP_STEPS[ChipStep(step)], whole)
    return ReadingProgress(request, ReadingStep.ID_CARD, fraction)


def _chip_unread(page: MrzReading, completion: Completion[ChipReading]) -> Identity:
    identity = page.identity()
    reason = f"chip not read: {completion.error_code or completion.code}"
    return replace(identity, proof=replace(identity.proof, reasons=(reason,)))
