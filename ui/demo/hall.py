"""A hall to demonstrate in: server, printer, invented visitors, on this computer only."""

import secrets
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.loading import Configuration, hall_ids, load_catalogue, load_hall
from config.secrets import read_secret
from config.settings import MachineSettings
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.documents.identity import Identity, Source
from devices.documents.mrz import parse as parse_zone
from devices.documents.specimen import load_all
from devices.documents.specimen_zone import zone_lines
from devices.idcard.reading import read_text
from devices.idcard.virtual.card_files import load as load_card
from devices.printer.virtual.printer import VirtualPrinter
from kiosk.application import Surroundings
from kiosk.backend.document_key import document_keys
from kiosk.codes.keys import make_key_pair
from kiosk.reservations.qr import SignedReservation, sign
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
from ui.ticket.artist import QtTicketArtist

PEOPLE_WAITING: Final = 14
"""Tickets that others have taken before."""
_LEFT_BEHIND: Final = ("*.png", "*.sqlite3*", "*.key", "*.pub")
"""What an earlier demonstration has left in the same folder."""
CHIP_LATENCY: Final = "fast"
_CODE_LASTS: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demo: a document or card, and what was booked under it."""

    name: str
    """Of the specimen document, or of the ID card."""
    booking: Booking
    service_ids: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class DemoHall:
    """Everything around a kiosk's software: a hall server, a printer, and what is configured."""

    out: Path
    people: Sequence[Person]
    pki_folder: Path
    """The specimen documents' issuers (`make_pki`)."""
    hall_id: str = "urban"
    orientation: str = "portrait"
    clock: DemoClock = field(default_factory=DemoClock)
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Further settings of the machine, by section: they go before the demo's own."""
    printer: VirtualPrinter = field(init=False)
    server: HallServer = field(init=False)
    configuration: Configuration = field(init=False)
    _signer: Ed25519PrivateKey = field(init=False)
    codes: dict[str, tuple[Seeded, ...]] = field(init=False)
    """Person -> the reservations, each with its code."""

    def __enter__(self) -> Self:
        """Open the hall: the server, its desks, the queue, the printer."""
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
        hall = load_hall(self.hall_id, catalogue)
        self.configuration = Configuration(self._settings(), hall, catalogue)
        self._open_hall()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.close()
        self.printer.stop()

    def surroundings(self) -> Surroundings:
        """What a kiosk in this hall is given."""
        return Surroundings(QtTicketArtist(), self.clock.local)

    def _settings(self) -> MachineSettings:
        document_key, ticket_key = self.out / "document.key", self.out / "ticket.key"
        document_key.write_text(secrets.token_hex(32), encoding="ascii")
        make_key_pair(ticket_key, ticket_key.with_suffix(".pub"))
        own: dict[str, dict[str, object]] = {
            "kiosk": {"id": "demo-1", "hall": self.hall_id, "orientation": self.orientation},
            "devices": {
                "camera": "sim:camera",
                "chip_reader": f"sim:chip?pki={self.pki_folder}&latency={CHIP_LATENCY}",
                "id_card_reader": "sim:idcard",
                "printer": self.printer.uri,
            },
            "backend": {
                "url": self.server.url,
                "document_key_file": document_key,
                "ticket_key_file": ticket_key,
            },
            "trust": {"stores": (self.pki_folder / "trust",)},
            "reservations": {"keys": (self._reservation_key(),)},
            "paths": {"journal": self.out / "journal.sqlite3"},
        }
        sections = own.keys() | self.settings.keys()
        return MachineSettings.model_validate(
            {name: {**own.get(name, {}), **self.settings.get(name, {})} for name in sections}
        )

    def _reservation_key(self) -> Path:
        """Make the reservation system's key pair; the path of the half that kiosks have."""
        private, public = self.out / "reservation.key", self.out / "reservation.pub"
        self._signer = make_key_pair(private, public)
        return public

    def signed_code(self, seeded: Seeded) -> str:
        """What the QR code in a reservation's confirmation says."""
        now = self.clock()
        return sign(SignedReservation(seeded.code, now, now + _CODE_LASTS), self._signer)

    def _open_hall(self) -> None:
        """Open the desks, let others queue, and book for the demo's people."""
        now = self.clock()
        open_all_desks(self.server, self.hall_id, now)
        seed_queue(self.server, self.hall_id, PEOPLE_WAITING, now)
        secret = read_secret(self.configuration.settings.backend.document_key_file)
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
