"""Invented visits, one for every stage and every failure: for the gallery and the tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from config.catalogue import Catalogue
from config.hall_profile import HallProfile
from config.loading import hall_ids, load_catalogue, load_hall
from devices.camera.frame import Pixels
from devices.camera.scene import Placement, empty_tray, lay
from devices.documents.drawing import draw_document
from devices.documents.identity import Identity, PartialDate, Sex, Source
from devices.documents.specimen import SPECIMENS, load
from kiosk.hall.model import Reservation, ServiceLoad, Ticket, WaitRange
from kiosk.visit import stages
from kiosk.visit.events import Component, Hint, ReadingStep
from kiosk.visit.failures import Failure, Recovery
from kiosk.visit.visit import Visit
from ui.presentation.place import Place

_PASSPORT: Final = SPECIMENS / "lindqvist-utopia.json"

NOW: Final = datetime(2026, 3, 18, 9, 41, tzinfo=ZoneInfo("Asia/Shanghai"))


def now() -> datetime:
    return NOW


VISITOR: Final = stages.Visitor(
    Identity(
        source=Source.CHIP,
        document_code="P",
        issuing_state="UTO",
        document_number="L898902C3",
        nationality="UTO",
        primary_identifier="ERIKSSON",
        secondary_identifier="ANNA MARIA",
        birth_date=PartialDate(1974, 8, 12),
        sex=Sex.FEMALE,
        expiry_date=date(2032, 4, 15),
    ),
    code=None,
)
"""The holder of the specimen in ICAO Doc 9303-4, appendix B."""


@lru_cache(maxsize=1)
def camera_frame() -> Pixels:
    """What the camera sees: the passport of an invented person, a little askew."""
    return lay(draw_document(load(_PASSPORT).document), Placement(angle=2.0))


@dataclass(frozen=True, slots=True)
class Sample:
    """A stage to look at, and the name that its picture gets."""

    name: str
    stage: stages.Stage
    language_chosen: bool = True


def sample_place(hall_id: str = "urban") -> Place:
    """A hall as it comes with the kiosk, with all its services open to walk-ins.

    Raises:
        ConfigError: there is no such hall.
    """
    catalogue = load_catalogue()
    halls = {other: load_hall(other, catalogue) for other in hall_ids()}
    hall = halls[hall_id] if hall_id in halls else load_hall(hall_id, catalogue)
    walk_in = tuple(one for one in hall.services if catalogue[one].walk_in)
    return Place(hall, catalogue, walk_in, other_halls=halls)


def samples(place: Place) -> Iterator[Sample]:
    """One sample or more of every stage."""
    return _Samples(place.hall, place.catalogue, place).all()


def failure_samples() -> Iterator[Sample]:
    """The failed stage with every failure that can end there."""
    for failure in Failure:
        number = "A 012" if failure is Failure.ALREADY_HAS_TICKET else None
        retry = None
        if failure.value.recovery is Recovery.CHOOSE_SERVICE:
            retry = stages.ChoosingService(1, VISITOR, stages.NoReservation(VISITOR))
        yield Sample(f"Failed-{failure.name}", stages.Failed(failure, retry, number))


def frame_of(sample: Sample) -> Pixels:
    """What the camera sees meanwhile."""
    match sample.stage:
        case stages.PlacingDocument(hint=Hint.NO_DOCUMENT):
            return _tray()
        case _:
            return camera_frame()


@lru_cache(maxsize=1)
def _tray() -> Pixels:
    return empty_tray()


def sample_visit(sample: Sample, language: str) -> Visit:
    return Visit(
        "sample",
        language,
        sample.stage,
        lying=frozenset({Source.CAMERA, Source.CHIP}),
        language_chosen=sample.language_chosen,
    )


@dataclass(frozen=True, slots=True)
class _Samples:
    hall: HallProfile
    catalogue: Catalogue
    place: Place

    def all(self) -> Iterator[Sample]:
        yield Sample("Attract", stages.Attract())
        yield Sample(
            "OutOfService", stages.OutOfService(frozenset({Component.PRINTER, Component.BACKEND}))
        )
        yield Sample(
            "OutOfService-starting", stages.OutOfService(frozenset({Component.OPENING_HOURS}))
        )
        yield Sample("ChoosingLanguage", stages.ChoosingLanguage())
        for hint in Hint:
            yield Sample(f"PlacingDocument-{hint.name}", stages.PlacingDocument(1, hint))
        yield Sample(
            "PlacingDocument-unasked",
            stages.PlacingDocument(1, Hint.TOO_DARK),
            language_chosen=False,
        )
        for hint in Hint:
            yield Sample(f"ReadingDocument-{hint.name}", stages.ReadingDocument(1, hint=hint))
        yield Sample(
            "ReadingDocument-unasked",
            stages.ReadingDocument(1, hint=Hint.TOO_DARK),
            language_chosen=False,
        )
        yield Sample(
            "ReadingDocument", stages.ReadingDocument(1, ReadingStep.CHIP_DATA, fraction=0.55)
        )
        yield Sample(
            "ReadingDocument-ID_CARD", stages.ReadingDocument(1, ReadingStep.ID_CARD, fraction=0.3)
        )
        yield Sample("FindingReservation", stages.FindingReservation(1, VISITOR))
        yield from self._reservations()
        yield from self._services()
        yield from self._tickets()
        yield Sample("TakeDocument", stages.TakeDocument())
        yield Sample("TakeDocument-reminded", stages.TakeDocument(reminded=True))
        yield Sample("Failed", stages.Failed(Failure.DOCUMENT_UNREADABLE))
        yield Sample("StaffCalled", stages.StaffCalled(None))
        yield Sample("StillThere", stages.StillThere(self._confirming()))
        yield Sample("Wiping", stages.Wiping())

    def _reservations(self) -> Iterator[Sample]:
        several = tuple(
            self._reservation(f"r{n}", services=(self.hall.services[n],), minutes=19 + 60 * n)
            for n in range(min(3, len(self.hall.services)))
        )
        elsewhere = next((i for i in self.place.other_halls if i != self.hall.id), "elsewhere")
        yield Sample("ChoosingReservation", stages.ChoosingReservation(VISITOR, several, NOW))
        yield Sample("TooEarly", stages.TooEarly(VISITOR, self._reservation(minutes=169)))
        yield Sample("TooLate", stages.TooLate(VISITOR, self._reservation(minutes=-71)))
        yield Sample("WrongDay", stages.WrongDay(VISITOR, self._reservation(minutes=2 * 1440 + 19)))
        yield Sample(
            "WrongHall", stages.WrongHall(VISITOR, self._reservation(minutes=19, hall=elsewhere))
        )
        yield Sample("NoReservation", stages.NoReservation(VISITOR))

    def _services(self) -> Iterator[Sample]:
        origin = stages.NoReservation(VISITOR)
        loads = tuple(
            ServiceLoad(one, 3 * n, WaitRange(5 * n, 5 + 11 * n), open_desks=0 if n == 3 else 2)
            for n, one in enumerate(self.place.walk_in_services)
        )
        yield Sample("ChoosingService", stages.ChoosingService(1, VISITOR, origin, loads))
        yield Sample("ChoosingService-unknown", stages.ChoosingService(1, VISITOR, origin, ()))
        yield Sample("ChoosingService-waiting", stages.ChoosingService(1, VISITOR, origin))

    def _tickets(self) -> Iterator[Sample]:
        walk_in = stages.Choice((self.place.walk_in_services[-1],), None)
        origin = stages.ChoosingService(1, VISITOR, stages.NoReservation(VISITOR))
        by_code = stages.Visitor(None, "R7K2M9")
        yield Sample("Confirming", self._confirming())
        yield Sample("Confirming-walk-in", stages.Confirming(VISITOR, walk_in, origin))
        yield Sample("Confirming-code", stages.Confirming(by_code, self._confirming().choice))
        yield Sample("IssuingTicket", stages.IssuingTicket(1, VISITOR, walk_in, "key"))
        yield Sample("PrintingTicket", stages.PrintingTicket(1, self._ticket()))
        yield Sample("TicketPrinted", stages.TicketPrinted(self._ticket()))
        yield Sample("TicketPrinted-zone", stages.TicketPrinted(self._ticket(at_desk=False)))
        yield Sample("PrintUncertain", stages.PrintUncertain(1, self._ticket()))
        yield Sample("PrintFailed", stages.PrintFailed(self._ticket(), Failure.PRINTER_PAPER_OUT))
        yield Sample(
            "StaffCalled-ticket", stages.StaffCalled(Failure.TOO_MANY_COPIES, self._ticket())
        )

    def _confirming(self) -> stages.Confirming:
        reservation = self._reservation(minutes=19)
        return stages.Confirming(VISITOR, stages.Choice(reservation.service_ids, reservation))

    def _reservation(
        self,
        reservation_id: str = "r1",
        *,
        minutes: int,
        services: tuple[str, ...] = (),
        hall: str = "",
    ) -> Reservation:
        starts = NOW + timedelta(minutes=minutes)
        return Reservation(
            id=reservation_id,
            hall_id=hall or self.hall.id,
            service_ids=services or self.hall.services[:1],
            starts_at=starts,
            ends_at=starts + timedelta(minutes=20),
        )

    def _ticket(self, *, at_desk: bool = True) -> Ticket:
        desk = self.hall.desks[0]
        return Ticket(
            id="t1",
            hall_id=self.hall.id,
            number="A 012",
            business_date=NOW.date(),
            service_ids=self.hall.services[:1],
            zone_id=desk.zone,
            desk_id=desk.id if at_desk else None,
            people_ahead=0 if at_desk else 7,
            wait=WaitRange(0, 5) if at_desk else WaitRange(15, 25),
            issued_at=NOW,
        )
