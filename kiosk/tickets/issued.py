"""What a ticket that the hall server issued says on paper."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.catalogue import Catalogue
from config.hall_profile import HallProfile
from devices.printer.contract import PaperWidth, PrintJob
from kiosk.hall.model import Ticket
from kiosk.tickets.artist import TicketArtist
from kiosk.tickets.content import Place, PlaceKind, TicketContent
from kiosk.tickets.drawing import compose
from kiosk.tickets.qr import SignedTicket, sign


@dataclass(frozen=True, slots=True)
class TicketComposer:
    """Turns issued tickets into print jobs, for one hall and one printer."""

    hall: HallProfile
    catalogue: Catalogue
    paper: PaperWidth
    artist: TicketArtist
    key: Ed25519PrivateKey | None
    """Signs the code on the ticket; None: no code is printed."""
    training: bool

    def compose(self, ticket: Ticket, language: str) -> PrintJob:
        """Lay out a ticket in Chinese and the visitor's language."""
        return compose(self.content(ticket, language), self.paper, self.artist)

    def content(self, ticket: Ticket, language: str) -> TicketContent:
        """Put into the hall's words what the server's ticket refers to by id."""
        services = [self.catalogue[service_id] for service_id in ticket.service_ids]
        issued_at = ticket.issued_at.astimezone(ZoneInfo(self.hall.time_zone))
        signed = SignedTicket(self.hall.id, ticket.number, ticket.business_date, issued_at)
        materials = {item["en"]: item for service in services for item in service.materials}
        return TicketContent(
            number=ticket.number,
            place=self._place(ticket),
            services=tuple(service.name for service in services),
            people_ahead=ticket.people_ahead,
            wait_minutes=(ticket.wait.low, ticket.wait.high),
            materials=tuple(materials.values()),
            hall=self.hall.name,
            issued_at=issued_at,
            qr=sign(signed, self.key) if self.key else "",
            language=language,
            copy=ticket.copy,
            training=self.training,
        )

    def _place(self, ticket: Ticket) -> Place:
        zone = next(zone for zone in self.hall.zones if zone.id == ticket.zone_id)
        if ticket.desk_id is not None:
            return Place(PlaceKind.DESK, ticket.desk_id, zone.name)
        return Place(PlaceKind.ZONE, zone.id, zone.name)
