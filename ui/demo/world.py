"""A hall to demonstrate in: server, printer, readers, invented visitors, on this computer only."""

import secrets
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self, cast

from config.loading import Configuration, hall_ids, load_catalogue, load_hall
from config.secrets import read_secret
from config.settings import MachineSettings
from devices.camera.simulator import SimulatedCamera
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.simulator import SimulatedChipReader
from devices.documents.identity import Identity, Source
from devices.documents.mrz import parse as parse_zone
from devices.documents.specimen import load_all
from devices.documents.specimen_zone import zone_lines
from devices.idcard.reading import read_text
from devices.idcard.simulator import SimulatedIdCardDriver
from devices.idcard.virtual.card_files import load as load_card
from devices.printer.virtual.printer import VirtualPrinter
from kiosk.application import Surroundings
from kiosk.backend.document_key import document_keys
from kiosk.backend.journal import JournalEntry
from kiosk.server.hall_server import HallServer
from kiosk.server.seeding import (
    Booking,
    Seeded,
    Visitor,
    open_all_desks,
    seed_queue,
    seed_reservations,
)
from ui.demo.clock import MORNING, DemoClock
from ui.kiosk import Kiosk
from ui.ticket.artist import QtTicketArtist

PEOPLE_WAITING: Final = 14
"""Tickets that others have taken before."""
_LEFT_BEHIND: Final = ("*.png", "*.sqlite3*", "*.key")
"""What an earlier demonstration has left in the same folder."""
CHIP_LATENCY: Final = "fast"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demo: a document or card, and what was booked under it."""

    name: str
    """Of the specimen document, or of the ID card."""
    booking: Booking
    service_ids: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class DemoWorld:
    """Everything around the kiosk's software, and the hands of whoever demonstrates it."""

    out: Path
    people: Sequence[Person]
    pki_folder: Path
    """The specimen documents' issuers (`make_pki`)."""
    hall_id: str = "urban"
    orientation: str = "portrait"
    animated: bool = True
    clock: DemoClock = field(default_factory=DemoClock)
    codes: dict[str, tuple[Seeded, ...]] = field(default_factory=dict)
    """Person -> the reservations, each with its code."""
    printer: VirtualPrinter = field(init=False)
    server: HallServer = field(init=False)
    kiosk: Kiosk = field(init=False)

    def __enter__(self) -> Self:
        """Open the hall, then start the kiosk's software in it."""
        self.out.mkdir(parents=True, exist_ok=True)
        for pattern in _LEFT_BEHIND:
            for old in self.out.glob(pattern):
                old.unlink()
        catalogue = load_catalogue()
        halls = [load_hall(hall_id, catalogue) for hall_id in hall_ids()]
        self.printer = VirtualPrinter(out=self.out, strict=True)
        self.printer.start()
        database = f"sqlite:///{self.out / 'hall.sqlite3'}"
        self.server = HallServer(halls, catalogue, database, clock=self.clock)
        self.server.start()
        settings = self._settings()
        self._open_hall(settings)
        hall = load_hall(self.hall_id, catalogue)
        self.kiosk = Kiosk(
            Configuration(settings, hall, catalogue),
            Surroundings(QtTicketArtist(), self.clock.local),
            animated=self.animated,
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the kiosk, then close the hall."""
        self.kiosk.close()
        self.server.close()
        self.printer.stop()

    # -- what a person does at the kiosk ----------------------------------------------------------

    def place(self, name: str, options: str = "") -> None:
        """Lay a specimen document down: under the camera, and its chip on the reader."""
        self.camera.tray.do(f"place {name} {options}".strip())
        if load_all()[name].chip is not None:
            self.chip_reader.operator.do(f"insert {name}")

    def present(self, code: str) -> None:
        """Show a QR code on a phone."""
        self.camera.tray.do(f"present qr {code}")

    def place_card(self, name: str) -> None:
        """Lay an ID card on its reader."""
        self.id_card_reader.virtual.do(f"place {name}")

    def remove(self) -> None:
        """Take everything away."""
        self.camera.tray.do("remove")
        self.chip_reader.operator.do("remove")
        self.id_card_reader.virtual.do("lift")

    @property
    def camera(self) -> SimulatedCamera:
        return cast("SimulatedCamera", self.kiosk.application.drivers["camera"])

    @property
    def chip_reader(self) -> SimulatedChipReader:
        return cast("SimulatedChipReader", self.kiosk.application.drivers["chip_reader"])

    @property
    def id_card_reader(self) -> SimulatedIdCardDriver:
        return cast("SimulatedIdCardDriver", self.kiosk.application.drivers["id_card_reader"])

    def settled_journal(self) -> tuple[JournalEntry, ...]:
        """The journal, once what is under way has been written."""
        self.kiosk.application.finish_writing()
        return self.kiosk.application.journal.entries()

    # -- making it ---------------------------------------------------------------------------------

    def _settings(self) -> MachineSettings:
        keys = {name: self.out / f"{name}.key" for name in ("document", "ticket")}
        for path in keys.values():
            path.write_text(secrets.token_hex(32), encoding="ascii")
        return MachineSettings.model_validate(
            {
                "kiosk": {
                    "id": "demo-1",
                    "hall": self.hall_id,
                    "orientation": self.orientation,
                },
                "devices": {
                    "camera": "sim:camera",
                    "chip_reader": f"sim:chip?pki={self.pki_folder}&latency={CHIP_LATENCY}",
                    "id_card_reader": "sim:idcard",
                    "printer": self.printer.uri,
                },
                "backend": {
                    "url": self.server.url,
                    "document_key_file": keys["document"],
                    "ticket_key_file": keys["ticket"],
                },
                "trust": {"stores": (self.pki_folder / "trust",)},
                "paths": {"journal": self.out / "journal.sqlite3"},
            }
        )

    def _open_hall(self, settings: MachineSettings) -> None:
        """Open the desks, let others queue, and book for the demo's people."""
        now = self.clock()
        open_all_desks(self.server, self.hall_id, now)
        seed_queue(self.server, self.hall_id, PEOPLE_WAITING, now)
        secret = read_secret(settings.backend.document_key_file)
        visitors = [
            Visitor(
                person.booking,
                document_keys(secret, _identity(person.name)),
                person.service_ids,
            )
            for person in self.people
        ]
        made = seed_reservations(self.server, self.hall_id, visitors, now)
        self.codes = {person.name: seeded for person, seeded in zip(self.people, made, strict=True)}


def make_pki(folder: Path, names: Container[str]) -> None:
    """Make the issuers of the specimen documents that will be used, for worlds to share."""
    pki = SpecimenPki()
    for specimen in load_all().values():
        if specimen.chip is not None and specimen.name in names:
            pki.document_signer(specimen.document.issuing_state, specimen.chip.signer)
    pki.save(folder, MORNING)


def _identity(name: str) -> Identity:
    specimen = load_all().get(name)
    if specimen is not None:
        zone = parse_zone(zone_lines(specimen.document), today=MORNING.date())
        return zone.identity(Source.CAMERA)
    identity = read_text(load_card(name).encode()).identity
    if identity is None:
        raise ValueError(f"{name} is no foreigner's card, so nothing can be booked under it")
    return identity
