"""Reading a document with all readers at once: camera, chip reader, ID-card reader.

The camera reads the printed page and thereby gets the key to the chip; where a chip lies on the
reader it is read and proven, and must say what the page says. An ID card is read by its own
reader. Whichever gives an identity, or a reservation code, first, ends the reading.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from devices.camera.contract import (
    BarcodeReading,
    Code,
    Guidance,
    GuidanceChanged,
    MrzReading,
    ReadDocument,
)
from devices.camera.contract import DocumentReading as CameraReading
from devices.chip.contract import ZONE_MISMATCH, ReadChip
from devices.chip.reading import ChipReading
from devices.command import Command, Completion, CompletionCode
from devices.documents.identity import Identity, Source
from devices.event import DeviceEvent, MediaInserted, MediaRemoved, Progress, StatusChanged
from devices.failure import log_failure
from devices.idcard.contract import NO_MEDIA, IdCardReading, ReadIdCard
from kiosk.performers.reading_attempt import (
    PAGE_READ_FRACTION,
    PATIENCE,
    Attempt,
    Patience,
    Readers,
    progress_of,
    without_chip,
)
from kiosk.performers.worker import Worker
from kiosk.reservations.acceptance import UNSIGNED, Acceptance, Refusal
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

_REFUSALS: Final = {
    Refusal.NOT_GENUINE: Failure.CODE_NOT_A_RESERVATION,
    Refusal.EXPIRED: Failure.RESERVATION_UNKNOWN,
    Refusal.NOT_YET: Failure.RESERVATION_UNKNOWN,
}
"""What is said of a code that says that it is a reservation's, and is not taken."""


class ReadingPerformer:
    """Has documents read. Everything is decided in order on one worker thread."""

    def __init__(
        self,
        readers: Readers,
        read_chip: Callable[[MrzReading], ReadChip],
        worker: Worker,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
        patience: Patience = PATIENCE,
        codes: Acceptance = UNSIGNED,
    ) -> None:
        """`read_chip` makes the command that reads the chip of a page's document.

        `codes` says which reservation codes are taken; unsigned ones, unless told otherwise.
        """
        self._devices = readers.by_source()
        self._read_chip_of = read_chip
        self._worker = worker
        self._post = post
        self._now = now
        self._patience = patience
        self._codes = codes
        self._present: set[Source] = set()
        self._attempt: Attempt | None = None

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
        """Forget page and codes that were read; readers forget a reading when it is answered."""
        self._worker.run(self._end)

    # -- on the worker's thread -------------------------------------------------------------------

    def _begin(self, request: int) -> None:
        self._end()
        self._attempt = attempt = Attempt(request)
        for source in sorted(self._present):
            self._post(DocumentPlaced(source))
        self._read_page(attempt)
        if Source.ID_CARD in self._present:
            self._read_card(attempt)

    def _end(self) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is None:
            return
        attempt.page = None
        attempt.foreign = frozenset()
        for wait in attempt.waits:
            wait.cancel()
        for source, request_id in attempt.under_way.items():
            self._devices[source].cancel(request_id)

    def _heard(self, source: Source, event: DeviceEvent) -> None:
        """On a device's thread: hand over."""
        self._worker.submit(lambda: self._follow(source, event))

    def _follow(self, source: Source, event: DeviceEvent) -> None:
        match event:
            case MediaInserted() if source not in self._present:
                self._present.add(source)
                self._post(DocumentPlaced(source))
            case MediaRemoved():
                self._removed(source)
            case StatusChanged(status) if not status.usable:
                # nobody knows what lies there now; it is placed again when the reader is back
                self._removed(source)
            case _:
                pass
        attempt = self._attempt
        if attempt is not None:
            self._guarded(attempt, lambda: self._follow_reading(source, event, attempt))

    def _removed(self, source: Source) -> None:
        if source in self._present:
            self._present.remove(source)
            self._post(DocumentRemoved(source))

    def _follow_reading(self, source: Source, event: DeviceEvent, attempt: Attempt) -> None:
        """What an event means to the reading under way."""
        match event:
            case MediaInserted() if source is Source.ID_CARD:
                self._read_card(attempt)
            case MediaInserted() if source is Source.CHIP and attempt.page is not None:
                self._read_chip(attempt, attempt.page)
            case StatusChanged(status) if source is Source.CAMERA and status.usable:
                self._read_page(attempt)
            case GuidanceChanged(request_id, guidance) if attempt.has_under_way(source, request_id):
                self._hint(attempt, guidance)
            case Progress(request_id, step, fraction) if attempt.has_under_way(source, request_id):
                self._post(progress_of(attempt.request, source, step, fraction))
            case _:
                pass

    def _hint(self, attempt: Attempt, guidance: Guidance) -> None:
        """Pass on what the camera says, but for what it says only because it was asked anew.

        Who shows the code of something else on a phone has nothing to turn over; and what was to be
        done about a document is not well for the moment in which its code is left out.
        """
        resumed, attempt.resumed = attempt.resumed, False
        if not attempt.doubtful and not (resumed and guidance is Guidance.READING):
            self._post(HintChanged(attempt.request, Hint(guidance.value)))

    def _guarded(self, attempt: Attempt, job: Callable[[], None]) -> None:
        """Let nothing that goes wrong in the kiosk leave the visitor without an answer."""
        try:
            job()
        except Exception as error:  # noqa: BLE001 -- it may come from whatever was read
            log_failure(log, error, "a reading failed in the kiosk")
            self._answer(attempt, ReadingFailed(attempt.request, Failure.INTERNAL_ERROR))

    def _later(self, attempt: Attempt, seconds: float, job: Callable[[], None]) -> None:
        """Do a job after some time, unless the attempt has ended by then."""

        def when_due() -> None:
            if attempt is self._attempt:
                self._guarded(attempt, job)

        wait = threading.Timer(seconds, self._worker.submit, (when_due,))
        wait.daemon = True
        attempt.waits.append(wait)
        wait.start()

    # the printed page and barcodes

    def _read_page(
        self, attempt: Attempt, known: frozenset[Code] = frozenset(), seconds: float = 0.0
    ) -> None:
        """Have the page read, or a code that is not known yet, for some time or until it is."""
        fitted = Source.CAMERA in self._devices
        if not fitted or Source.CAMERA in attempt.under_way or attempt.page is not None:
            return
        attempt.doubtful = seconds > 0
        attempt.resumed = bool(known) and not attempt.doubtful
        command = ReadDocument(known=known)
        self._submit(Source.CAMERA, command, attempt, self._page_ended, seconds)

    def _page_ended(self, attempt: Attempt, completion: Completion[CameraReading]) -> None:
        match completion.result:
            case MrzReading() as page:
                self._page_read(attempt, page)
            case BarcodeReading() as seen:
                self._codes_read(attempt, seen)
            case None if completion.code is CompletionCode.TIME_OUT:
                self._only_foreign_codes(attempt)
            case None if completion.code is not CompletionCode.CANCELED:
                log.info("the camera ended with %s", completion.code)
                self._later(attempt, self._patience.camera, lambda: self._read_page_again(attempt))
            case None:
                log.info("the camera is being stopped")

    def _codes_read(self, attempt: Attempt, seen: BarcodeReading) -> None:
        match self._codes.judge_all([code.text for code in seen.codes], self._now()):
            case str() as code:
                self._answer(attempt, CodeRead(attempt.request, code))
            case Refusal.FOREIGN:
                attempt.foreign |= frozenset(seen.codes)
                self._foreign_codes_read(attempt, document=seen.document)
            case refusal:
                log.info("a reservation code was refused: %s", refusal.name)
                self._answer(attempt, ReadingFailed(attempt.request, _REFUSALS[refusal]))

    def _foreign_codes_read(self, attempt: Attempt, *, document: bool) -> None:
        """Many documents carry a barcode of their own: that one does not end their reading."""
        if document:
            self._read_page(attempt, attempt.foreign)
        elif attempt.seen_again:
            self._not_a_reservation(attempt)
        else:
            self._read_page(attempt, attempt.foreign, self._patience.page)

    def _only_foreign_codes(self, attempt: Attempt) -> None:
        """The time of what may lie beside the codes is over.

        What still lies there is looked at once more: it may be another thing by now, or a document
        that a hand was on before. Only where a code alone is seen again is it all there is.
        """
        if Source.CAMERA in self._present:
            attempt.seen_again = True
            self._read_page(attempt)
        else:
            self._not_a_reservation(attempt)

    def _not_a_reservation(self, attempt: Attempt) -> None:
        self._answer(attempt, ReadingFailed(attempt.request, Failure.CODE_NOT_A_RESERVATION))

    def _read_page_again(self, attempt: Attempt) -> None:
        """After a failure; a camera that is not there is asked when it says that it is back."""
        if self._devices[Source.CAMERA].status.usable:
            self._read_page(attempt)

    def _page_read(self, attempt: Attempt, page: MrzReading) -> None:
        attempt.page = page
        self._post(ReadingProgress(attempt.request, ReadingStep.CHIP_ACCESS, PAGE_READ_FRACTION))
        chip = self._devices.get(Source.CHIP)
        if chip is None or not chip.status.usable:
            self._identified(attempt, page.identity())
        elif Source.CHIP in self._present:
            self._read_chip(attempt, page)
        else:
            self._later(attempt, self._patience.chip, lambda: self._no_chip(attempt, page))

    def _no_chip(self, attempt: Attempt, page: MrzReading) -> None:
        if Source.CHIP not in attempt.under_way:
            self._identified(attempt, page.identity())

    # the chip

    def _read_chip(self, attempt: Attempt, page: MrzReading) -> None:
        if Source.CHIP not in attempt.under_way:
            self._submit(Source.CHIP, self._read_chip_of(page), attempt, self._chip_ended)

    def _chip_ended(self, attempt: Attempt, completion: Completion[ChipReading]) -> None:
        if completion.result is not None:
            self._identified(attempt, completion.result.identity)
        elif completion.error_code == ZONE_MISMATCH:
            self._answer(attempt, ReadingFailed(attempt.request, Failure.CHIP_MISMATCH))
        elif completion.error_code == NO_MEDIA:
            self._answer(attempt, ReadingFailed(attempt.request, Failure.DOCUMENT_REMOVED))
        elif attempt.page is not None:
            # what the page says stands, and that the chip could not be asked is said with it
            log.info("the chip could not be read: %s", completion.code)
            self._identified(attempt, without_chip(attempt.page, completion))

    # the ID card

    def _read_card(self, attempt: Attempt) -> None:
        if Source.ID_CARD not in attempt.under_way:
            self._submit(Source.ID_CARD, ReadIdCard(), attempt, self._card_ended)

    def _card_ended(self, attempt: Attempt, completion: Completion[IdCardReading]) -> None:
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

    def _identified(self, attempt: Attempt, identity: Identity) -> None:
        today = self._now().date()
        expired = identity.expiry_date is not None and identity.expiry_date < today
        self._answer(attempt, DocumentRead(attempt.request, identity, expired))

    def _answer(self, attempt: Attempt, event: Event) -> None:
        """Give the one answer of the attempt; the other readers are called off."""
        if attempt is self._attempt:
            self._end()
            self._post(event)

    def _submit(
        self,
        source: Source,
        command: Command[ResultT],
        attempt: Attempt,
        ended: Callable[[Attempt, Completion[ResultT]], None],
        seconds: float = 0.0,
    ) -> None:
        def on_completion(completion: Completion[ResultT]) -> None:
            self._worker.submit(lambda: on_worker(completion))

        def on_worker(completion: Completion[ResultT]) -> None:
            attempt.under_way.pop(source, None)
            if attempt is self._attempt:
                self._guarded(attempt, lambda: ended(attempt, completion))

        attempt.under_way[source] = self._devices[source].submit(
            command, on_completion, timeout=seconds
        )
