"""Playing scripted visits without a display, each in a hall of its own."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.backend.journal import JournalEntry
from ui.app import LANDSCAPE, PORTRAIT
from ui.demo.hall import DemoHall
from ui.demo.hands import Hands
from ui.demo.player import Picture, Player, ScriptError
from ui.demo.visits import ScriptedVisit
from ui.kiosk import Kiosk


@dataclass(frozen=True, slots=True)
class PlayedVisit:
    """What a scripted visit has left."""

    visit: ScriptedVisit
    pictures: tuple[Picture, ...]
    tickets: tuple[Path, ...]
    journal: tuple[JournalEntry, ...]
    refusals: tuple[str, ...]
    """What the strict printer refused to print."""
    error: str
    """Why it did not go as scripted; empty: it did."""


def play(visit: ScriptedVisit, out: Path, pki_folder: Path, orientation: str) -> PlayedVisit:
    """Play one visit, and leave its screenshots, tickets and journal in `out`."""
    error = ""
    demo_hall = DemoHall(out, (visit.person,), pki_folder, visit.hall_id, orientation)
    with (
        demo_hall as hall,
        Kiosk(hall.configuration, hall.surroundings(), animated=False) as kiosk,
    ):
        player = Player(hall, Hands(kiosk.application), kiosk.window, out)
        kiosk.window.show_window(*(PORTRAIT if orientation == "portrait" else LANDSCAPE))
        player.keep_pictures()
        try:
            visit.play(player)
        except ScriptError as failed:
            error = str(failed)
            player.picture("failed")
        journal = kiosk.application.settled_journal()
    return PlayedVisit(
        visit,
        tuple(player.pictures),
        tuple(ticket.path for ticket in hall.printer.tickets if ticket.path),
        journal,
        tuple(hall.printer.refusals),
        error,
    )
