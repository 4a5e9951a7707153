"""The kiosk as a whole: devices, hall server, journal and visit put together from settings."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Self
from zoneinfo import ZoneInfo

from config.catalogue import Catalogue
from config.hall_profile import HallProfile
from config.loading import Configuration
from config.secrets import read_secret
from config.settings import MachineSettings
from devices.camera.contract import MrzReading
from devices.chip.access.credentials import Credentials, MrzCredentials
from devices.chip.contract import ReadChip
from devices.chip.pki.sources import load as load_trust
from devices.chip.pki.trust_store import TrustStore
from devices.chip.reading import ReadRequest
from devices.documents.identity import Source
from devices.driver import Driver
from devices.printer.contract import PaperWidth
from devices.registry import DeviceKind, create_driver
from devices.worker import Device
from kiosk.backend.client import HallClient
from kiosk.backend.issuing import TicketIssuer
from kiosk.backend.journal import Journal, JournalEntry
from kiosk.codes.keys import load_private_key, load_public_key
from kiosk.logs import Technical
from kiosk.performers.components import (
    DEVICE_COMPONENTS,
    BackendWatch,
    watch_device,
)
from kiosk.performers.hall import HallPerformer
from kiosk.performers.opening_hours import OpeningHoursWatch
from kiosk.performers.printing import PrintingPerformer
from kiosk.performers.reading import ReadingPerformer
from kiosk.performers.reading_attempt import Readers
from kiosk.performers.staff import StaffPerformer
from kiosk.performers.worker import Worker
from kiosk.reservations.acceptance import Acceptance
from kiosk.tickets.artist import TicketArtist
from kiosk.tickets.issued import TicketComposer
from kiosk.visit.events import Component, Event
from kiosk.visit.rules import READER_OF, Timeouts, VisitRules
from kiosk.visit.runner import VisitRunner
from kiosk.visit.visit import Visit

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

_PRINT_GRACE_SECONDS = 5.0
"""The visit waits so much longer than the printer may take, so that the printer's word counts."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the kiosk is given besides its settings."""

    artist: TicketArtist
    now: Clock


class KioskApplication:
    """Everything but the screen. The screen observes, and posts what the visitor does."""

    def __init__(
        self,
        configuration: Configuration,
        surroundings: Surroundings,
        observe: Callable[[Visit], None],
    ) -> None:
        """Put the parts together; nothing runs yet.

        Raises:
            SecretError: a file with a secret cannot be used.
            JournalError: the journal cannot be opened.
            UnknownDeviceUri: a device's URI names no driver, or the driver refuses it.
            PkiError: a trust store cannot be used.
            KeyFileError: a key of reservation codes or of tickets cannot be used.
        """
        settings = configuration.settings
        self._now = surroundings.now
        self.rules = visit_rules(configuration)
        self.drivers: dict[str, Driver] = {
            name: create_driver(DeviceKind(name), uri)
            for name, uri in settings.devices.fitted().items()
        }
        self.devices = {name: Device(name, driver) for name, driver in self.drivers.items()}
        unusable = frozenset(
            {*(DEVICE_COMPONENTS[name] for name in self.devices), Component.BACKEND}
        )
        self.runner = VisitRunner(self.rules, observe, unusable=unusable)
        self.journal = Journal(settings.paths.journal, surroundings.now)
        self._hall_worker = Worker("hall")
        self._reading_worker = Worker("reading")
        self.client = HallClient.from_settings(settings.backend, configuration.hall.id)
        self._hall = HallPerformer(
            self.client,
            self.journal,
            read_secret(settings.backend.document_key_file),
            self._hall_worker,
            self.post,
            surroundings.now,
            on_trouble=self._look_at_backend,
        )
        self._reading = ReadingPerformer(
            _readers(self.devices),
            partial(_read_chip, trust=_trust(settings, self._now()), now=self._now),
            self._reading_worker,
            self.post,
            surroundings.now,
            codes=_codes(settings),
        )
        self._printing = PrintingPerformer(
            self.devices["printer"],
            _composer(configuration, surroundings.artist).compose,
            self.journal,
            TicketIssuer(self.client, self.journal),
            self._hall.key_of,
            self._hall.deliver_reports,
            self._hall_worker,
            self.post,
            settings.timeouts.print_seconds,
        )
        self.staff = StaffPerformer(self.client, settings.kiosk.id, surroundings.now)
        self._backend_watch = BackendWatch(
            self.client, self.post, self._hall.settle, self._hall.unsettled
        )
        self._watches = (
            self._backend_watch,
            OpeningHoursWatch(configuration.hall, self.post, surroundings.now),
        )

    def _look_at_backend(self) -> None:
        self._backend_watch.look_now()

    def post(self, event: Event) -> None:
        """Tell the visit of an event; may be called from any thread."""
        self.runner.post(event)

    def start(self) -> None:
        """Open the devices and begin with the attract screen. Returns at once."""
        for name, device in self.devices.items():
            watch_device(DEVICE_COMPONENTS[name], device, self.post)
        self._reading.start()
        self.staff.start()
        self.runner.start(self._reading, self._hall, self._printing, self.staff)
        for device in self.devices.values():
            device.start()
        for watch in self._watches:
            watch.start()

    def settled_journal(self) -> tuple[JournalEntry, ...]:
        """The journal, once all that has been asked of hall and printer so far is written."""
        self._hall_worker.run(lambda: None)
        return self.journal.entries()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the visit, let go of the devices, and close the journal."""
        for watch in self._watches:
            watch.stop()
        self.runner.stop()
        for device in self.devices.values():
            device.stop()
        self.staff.stop()
        self._reading_worker.stop()
        self._hall_worker.stop()
        self.client.close()
        self.journal.close()


def visit_rules(configuration: Configuration) -> VisitRules:
    """What the visit needs to know, from the machine's settings and the hall's profile."""
    settings, hall = configuration.settings, configuration.hall
    fitted = frozenset(DEVICE_COMPONENTS[name] for name in settings.devices.fitted())
    times = settings.timeouts
    return VisitRules(
        hall=hall,
        walk_in_services=walk_in_services(hall, configuration.catalogue),
        readers=frozenset(source for source in Source if READER_OF[source] in fitted),
        required=frozenset(
            {
                Component.BACKEND,
                Component.OPENING_HOURS,
                *(DEVICE_COMPONENTS[name] for name in settings.devices.required),
            }
        ),
        max_copies=settings.tickets.copies_by_visitor,
        timeouts=Timeouts(
            idle=times.idle_seconds,
            countdown=times.countdown_seconds,
            reading=times.read_document_seconds,
            backend=settings.backend.total_seconds + settings.backend.connect_seconds,
            printing=times.print_seconds + _PRINT_GRACE_SECONDS,
            ticket_shown=times.show_ticket_seconds,
            take_document=times.take_document_seconds,
        ),
    )


def walk_in_services(hall: HallProfile, catalogue: Catalogue) -> tuple[str, ...]:
    """The hall's services that can be had without a reservation, in the order of its profile."""
    return tuple(service for service in hall.services if catalogue[service].walk_in)


def _composer(configuration: Configuration, artist: TicketArtist) -> TicketComposer:
    settings = configuration.settings
    key_file = settings.backend.ticket_key_file
    return TicketComposer(
        configuration.hall,
        configuration.catalogue,
        PaperWidth(settings.kiosk.paper),
        artist,
        load_private_key(key_file) if key_file else None,
        settings.kiosk.training,
    )


def _readers(devices: dict[str, Device]) -> Readers:
    return Readers(devices.get("camera"), devices.get("chip_reader"), devices.get("id_card_reader"))


def _codes(settings: MachineSettings) -> Acceptance:
    """Which reservation codes are taken."""
    keys = tuple(load_public_key(path) for path in settings.reservations.keys)
    return Acceptance(keys, unsigned=not keys or settings.reservations.accept_unsigned)


def _trust(settings: MachineSettings, now: datetime) -> TrustStore:
    """Whom the kiosk trusts to have signed documents; nobody where nothing is configured."""
    loaded = load_trust(settings.trust.stores, now)
    for note in loaded.notes:
        log.warning("trust: %s", Technical(note))
    return loaded.store


def _read_chip(page: MrzReading, *, trust: TrustStore, now: Clock) -> ReadChip:
    credentials = Credentials(MrzCredentials.of(page.mrz))
    return ReadChip(ReadRequest(credentials, trust, now(), page.mrz))


def hall_clock(hall: HallProfile) -> Clock:
    """The hall's own time."""
    zone = ZoneInfo(hall.time_zone)
    return lambda: datetime.now(zone)
