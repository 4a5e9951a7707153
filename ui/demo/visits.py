"""The scripted visits: what visitors do, and which screens they must see."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kiosk.server.seeding import Booking
from kiosk.visit.events import Hint
from ui.demo.hall import Person
from ui.demo.player import Player, ScriptError

_WALK_IN: Final = Booking.WALK_IN
_READING_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class ScriptedVisit:
    """One visit of the demonstration."""

    name: str
    title: str
    """What it shows, as one sentence."""
    person: Person
    play: Callable[[Player], None]
    language: str = "en"
    hall_id: str = "urban"


def _begin(player: Player, language: str) -> None:
    """Touch the screen in one's language; the document comes next."""
    player.see("Attract")
    player.tap(f"start-{language}")
    player.see("PlacingDocument")


def _place(player: Player, name: str) -> None:
    """Lay a document down, and look at the screen while it is read."""
    player.hands.place(name)
    player.see("ReadingDocument")
    player.wait(
        lambda: player.window.view_model.fraction > 0 or player.screen != "ReadingDocument",
        _READING_SECONDS,
    )
    if player.screen == "ReadingDocument":
        player.picture("under-way")


def _wrong_side(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("claes-belgium", "side=front")
    player.see("ReadingDocument")
    if not player.wait(lambda: player.window.view_model.hint == Hint.TURN_OVER, _READING_SECONDS):
        raise ScriptError(f"'turn it over' was expected, not {player.window.view_model.hint!r}")
    player.picture("turn-over")
    player.hands.turn_over("claes-belgium")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _choose_service(player: Player, service_id: str) -> None:
    """Wait for the waits, and choose."""
    player.see("ChoosingService")
    player.wait(
        lambda: any(card.load_known for card in player.window.view_model.screen_data.services),
        _READING_SECONDS,
    )
    player.picture("waits")
    player.tap(f"service-{service_id}")


def _take_ticket_and_go(player: Player) -> None:
    player.see("TicketPrinted")
    player.tap("done")
    _leave(player)


def _leave(player: Player) -> None:
    player.see("TakeDocument")
    player.hands.remove()
    player.see("Attract")


def _booked(player: Player) -> None:
    player.see("Attract")
    _place(player, "lindqvist-utopia")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _walk_in(player: Player) -> None:
    _begin(player, "en")
    _place(player, "tanaka-japan")
    player.see("NoReservation")
    player.tap("walkIn")
    _choose_service(player, "visa-extension")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _several(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("adeyemi-nigeria")
    player.see("ChoosingReservation")
    first = player.hall.codes["adeyemi-nigeria"][0]
    player.tap(f"reservation-{first.reservation_id}")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _late(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("dvorak-czechia")
    player.see("TooLate")
    player.tap("walkIn")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _wrong_hall(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("hughes-united-kingdom")
    player.see("WrongHall")
    player.tap("done")
    _leave(player)


def _paper_out(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("laurent-france")
    player.see("Confirming")
    player.hall.printer.do("after 40 mm paper out")
    player.tap("confirm")
    player.see("PrintUncertain", seconds=60)
    player.hall.printer.do("paper full")
    player.tap("ticketMissing")
    _take_ticket_and_go(player)


def _cover_open(player: Player) -> None:
    _begin(player, "zh")
    player.hands.place("wang-china")
    player.see("NoReservation")
    player.tap("walkIn")
    player.see("ChoosingService")
    player.tap("nextPage")
    player.tap("service-enquiry")
    player.see("Confirming")
    player.hall.printer.do("cover open")
    player.tap("confirm")
    player.see("PrintFailed", seconds=60)
    player.hall.printer.do("cover close")
    _take_ticket_and_go(player)


def _reservation_code(player: Player) -> None:
    _begin(player, "en")
    (seeded,) = player.hall.codes["moreau-residence-permit"]
    player.hands.present(player.hall.signed_code(seeded))
    player.see("Confirming")
    player.tap("confirm")
    player.see("TicketPrinted")
    player.tap("done")
    player.hands.remove()
    player.see("Attract")


def _joint_application(player: Player) -> None:
    player.see("Attract")
    player.hands.place("moreau-residence-permit")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _resident_card(player: Player) -> None:
    player.see("Attract")
    player.hands.place_card("weber-2023")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _citizen_card(player: Player) -> None:
    player.see("Attract")
    player.hands.place_card("li-citizen")
    player.see("Failed")
    player.tap("cancel")
    _leave(player)


def _card_pulled(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("brandt-germany")
    player.hands.chip_reader.operator.do("tear 6")
    player.see("ReadingDocument")
    player.see("Failed")
    player.hands.remove()
    player.hands.chip_reader.operator.do("right")
    player.hands.place("brandt-germany")
    player.see("Confirming")
    player.tap("confirm")
    _take_ticket_and_go(player)


def _server_down(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("de-boer-netherlands")
    player.see("Confirming")
    player.hall.server.stop()
    player.tap("confirm")
    player.see("Failed", seconds=60)
    player.hall.server.start()
    player.tap("retry")
    _take_ticket_and_go(player)


def _expired(player: Player) -> None:
    _begin(player, "en")
    player.hands.place("ferrari-italy")
    player.see("Failed")
    player.tap("done")
    _leave(player)


VISITS: Final = MappingProxyType(
    {
        visit.name: visit
        for visit in (
            ScriptedVisit(
                "booked",
                "A booked visitor places a passport and taps once, in the language that fits it",
                Person("lindqvist-utopia", Booking.BOOKED, (("residence-work",),)),
                _booked,
            ),
            ScriptedVisit(
                "walk-in",
                "A visitor without a reservation chooses a service",
                Person("tanaka-japan", _WALK_IN),
                _walk_in,
            ),
            ScriptedVisit(
                "wrong-side",
                "A card lies there the wrong way round: the screen says so until it is turned over",
                Person("claes-belgium", Booking.BOOKED, (("residence-work",),)),
                _wrong_side,
            ),
            ScriptedVisit(
                "several-reservations",
                "Two reservations today: the visitor says which",
                Person(
                    "adeyemi-nigeria",
                    Booking.SEVERAL,
                    (("residence-study",), ("document-collection",)),
                ),
                _several,
            ),
            ScriptedVisit(
                "late",
                "Too late for the appointment: on to the walk-in queue, for the same service",
                Person("dvorak-czechia", Booking.LATE, (("visa-extension",),)),
                _late,
            ),
            ScriptedVisit(
                "wrong-hall",
                "The reservation is for another hall: which one, where, and when",
                Person("hughes-united-kingdom", Booking.OTHER_HALL),
                _wrong_hall,
            ),
            ScriptedVisit(
                "paper-out",
                "The paper runs out in the middle of the ticket: a copy, marked as one",
                Person("laurent-france", Booking.BOOKED, (("permanent-residence",),)),
                _paper_out,
            ),
            ScriptedVisit(
                "cover-open",
                "The printer's cover is open: printed as soon as it is closed (in Chinese)",
                Person("wang-china", _WALK_IN),
                _cover_open,
                language="zh",
            ),
            ScriptedVisit(
                "reservation-code",
                "A reservation code on a phone instead of a document",
                Person("moreau-residence-permit", Booking.BOOKED, (("residence-family",),)),
                _reservation_code,
            ),
            ScriptedVisit(
                "joint-application",
                "Work permit and residence permit together, at a suburban hall's joint desk",
                Person("moreau-residence-permit", Booking.BOOKED, (("work-joint",),)),
                _joint_application,
                hall_id="suburban",
            ),
            ScriptedVisit(
                "resident-card",
                "A permanent resident ID card, at a sub-district station",
                Person("weber-2023", Booking.BOOKED, (("accommodation-registration",),)),
                _resident_card,
                hall_id="station",
            ),
            ScriptedVisit(
                "citizen-card",
                "A citizen's ID card is placed by mistake: where to go instead",
                Person("tanaka-japan", _WALK_IN),
                _citizen_card,
            ),
            ScriptedVisit(
                "card-pulled",
                "The passport is lifted while its chip is read, and placed again",
                Person("brandt-germany", Booking.BOOKED, (("work-permit",),)),
                _card_pulled,
            ),
            ScriptedVisit(
                "server-down",
                "The hall server stops before the ticket is issued: try again, and one ticket",
                Person("de-boer-netherlands", Booking.BOOKED, (("residence-family",),)),
                _server_down,
            ),
            ScriptedVisit(
                "expired-passport",
                "The passport has expired",
                Person("ferrari-italy", Booking.BOOKED),
                _expired,
            ),
        )
    }
)
"""Name -> visit, in the order in which they are played."""
