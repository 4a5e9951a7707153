"""The reading performer with every reader scripted."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Self

from devices.camera.contract import MrzReading
from devices.chip.access.credentials import Credentials, MrzCredentials
from devices.chip.contract import ReadChip
from devices.chip.pki.trust_store import TrustStore
from devices.chip.reading import ChipReading, Cost, ReadRequest
from devices.documents.identity import Identity, Proof, Source, Verdict
from devices.documents.mrz import parse
from devices.documents.specimen import load_all
from devices.documents.specimen_zone import zone_lines
from kiosk.performers.reading import ReadingPerformer
from kiosk.performers.reading_attempt import Patience, Readers
from kiosk.performers.worker import Worker
from kiosk.reservations.acceptance import UNSIGNED, Acceptance
from kiosk.visit.effects import StartReading, StopReading
from kiosk.visit.events import CodeRead, DocumentRead, Event, ReadingFailed
from tests.performers.posted import Posted
from tests.performers.scripted_device import ScriptedDevice

NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
FOR_EVER = Patience(chip=1000.0, page=1000.0, camera=1000.0)
HASTY = Patience(chip=0.01, page=0.01, camera=0.01)


def page(name: str = "lindqvist-utopia") -> MrzReading:
    """A page as the camera reads it."""
    zone = parse(zone_lines(load_all()[name].document), today=date(2026, 3, 4))
    return MrzReading(zone, 3)


def chip_of(read: MrzReading) -> ChipReading:
    """The chip of a page's document, proven in every way."""
    proof = Proof(Verdict.YES, Verdict.YES, Verdict.YES)
    identity = read.mrz.identity(Source.CHIP, proof)
    return ChipReading(identity, read.mrz, "PACE", "CA", Verdict.YES, Cost(1, 1, 1))


def read_chip(read: MrzReading) -> ReadChip:
    credentials = Credentials(MrzCredentials.of(read.mrz))
    return ReadChip(ReadRequest(credentials, TrustStore(()), NOW, read.mrz))


class Desk:
    """Scripted readers, the performer, and what it has told the visit."""

    def __init__(
        self,
        patience: Patience = FOR_EVER,
        *,
        without: frozenset[Source] = frozenset(),
        read_chip: Callable[[MrzReading], ReadChip] = read_chip,
        codes: Acceptance = UNSIGNED,
    ) -> None:
        self.camera = ScriptedDevice("camera")
        self.chip = ScriptedDevice("chip")
        self.card = ScriptedDevice("card")
        self.fitted = {
            source: device
            for source, device in (
                (Source.CAMERA, self.camera),
                (Source.CHIP, self.chip),
                (Source.ID_CARD, self.card),
            )
            if source not in without
        }
        readers = Readers(
            *(
                self.fitted[source].device if source in self.fitted else None
                for source in (Source.CAMERA, Source.CHIP, Source.ID_CARD)
            )
        )
        self.posted = Posted()
        self.worker = Worker("reading")
        self.reading = ReadingPerformer(
            readers, read_chip, self.worker, self.posted, lambda: NOW, patience, codes
        )

    def __enter__(self) -> Self:
        self.reading.start()
        for device in self.fitted.values():
            device.listen_last()
            device.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.reading.wipe()
        for device in self.fitted.values():
            device.device.stop()
        self.worker.stop()

    def start(self, request: int = 1) -> None:
        self.reading.perform(StartReading(request))
        self.worker.run(lambda: None)

    def stop(self) -> None:
        self.reading.perform(StopReading())
        self.worker.run(lambda: None)

    def settle(self) -> None:
        """Return when the performer has followed all that has happened so far."""
        for device in self.fitted.values():
            device.settle()
        self.worker.run(lambda: None)

    def answers(self) -> list[Event]:
        return self.posted.of(DocumentRead, CodeRead, ReadingFailed)

    def answer(self) -> Event:
        """The one and only answer, once it has come."""
        self.posted.wait(object, lambda e: isinstance(e, DocumentRead | CodeRead | ReadingFailed))
        self.settle()
        (answer,) = self.answers()
        return answer

    def identity(self) -> Identity:
        answer = self.answer()
        assert isinstance(answer, DocumentRead)
        return answer.identity
