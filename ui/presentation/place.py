"""Where the screen stands: the hall's texts and the catalogue's, in the visitor's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from config.catalogue import Catalogue
from config.hall_profile import HallProfile
from config.text import in_language
from kiosk.hall.model import Reservation, ServiceLoad, Ticket
from ui.presentation.screen import ReservationCard, ServiceCard, TicketCard


@dataclass(frozen=True, slots=True)
class Place:
    """What the screen needs to know of its hall."""

    hall: HallProfile
    catalogue: Catalogue
    walk_in_services: tuple[str, ...]
    """In the order of the screen (`kiosk.visit.rules`)."""
    countdown_seconds: int = 10
    """From 'are you still there?' to the end of the visit."""
    training: bool = False
    """Everything works, and every screen says that it is for training only."""
    other_halls: Mapping[str, HallProfile] = field(default_factory=dict)
    """By id: where a visitor with a reservation elsewhere is sent."""

    def service_names(self, ids: tuple[str, ...], language: str) -> tuple[str, ...]:
        """Localized names; the id itself where the catalogue does not know a service."""
        return tuple(
            in_language(service.name, language) if service else service_id
            for service_id in ids
            for service in (self.catalogue.get(service_id),)
        )

    def materials(self, ids: tuple[str, ...], language: str) -> tuple[str, ...]:
        """What to bring for all the services together, each thing once, in the order asked for."""
        services = filter(None, map(self.catalogue.get, ids))
        texts = (in_language(item, language) for service in services for item in service.materials)
        return tuple(dict.fromkeys(texts))

    def reservation_card(self, reservation: Reservation, language: str) -> ReservationCard:
        hall = self._hall_of(reservation)
        zone = ZoneInfo((hall or self.hall).time_zone)
        return ReservationCard(
            id=reservation.id,
            services=self.service_names(reservation.service_ids, language),
            starts_at=reservation.starts_at.astimezone(zone),
            ends_at=reservation.ends_at.astimezone(zone),
            hall_name=in_language(hall.name, language) if hall else "",
            hall_address=in_language(hall.address, language) if hall else "",
            ticket_number=reservation.ticket_number or "",
        )

    def service_cards(
        self, loads: tuple[ServiceLoad, ...] | None, language: str
    ) -> tuple[ServiceCard, ...]:
        """The services for walk-ins; a service that the backend left out has no known load."""
        by_id = {load.service_id: load for load in loads or ()}
        return tuple(
            self._service_card(service_id, by_id.get(service_id), language, asked=loads is None)
            for service_id in self.walk_in_services
        )

    def ticket_card(self, ticket: Ticket, language: str) -> TicketCard:
        zone = next((zone for zone in self.hall.zones if zone.id == ticket.zone_id), None)
        return TicketCard(
            number=ticket.number,
            desk=ticket.desk_id or "",
            zone=in_language(zone.name, language) if zone else ticket.zone_id,
            people_ahead=ticket.people_ahead,
            wait_low=ticket.wait.low,
            wait_high=ticket.wait.high,
            services=self.service_names(ticket.service_ids, language),
        )

    def _hall_of(self, reservation: Reservation) -> HallProfile | None:
        if reservation.hall_id == self.hall.id:
            return self.hall
        return self.other_halls.get(reservation.hall_id)

    def _service_card(
        self, service_id: str, load: ServiceLoad | None, language: str, *, asked: bool
    ) -> ServiceCard:
        service = self.catalogue.get(service_id)
        return ServiceCard(
            id=service_id,
            name=in_language(service.name, language) if service else service_id,
            summary=in_language(service.summary, language) if service else "",
            load_asked=asked,
            load_known=load is not None,
            available=load is None or load.open_desks > 0,
            wait_low=load.wait.low if load else 0,
            wait_high=load.wait.high if load else 0,
        )
