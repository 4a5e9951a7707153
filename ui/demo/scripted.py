"""Playing scripted visits without a display, each in a hall of its own."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.backend.journal import JournalEntry
from ui.app import LANDSCAPE, PORTRAIT
from ui.demo.player import Picture, Player, ScriptError
from ui.demo.visits import ScriptedVisit
from ui.demo.world import DemoWorld


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
    with DemoWorld(
        out,
        (visit.person,),
        pki_folder,
        hall_id=visit.hall_id,
        orientation=orientation,
        animated=False,
    ) as world:
        window = world.kiosk.window
        player = Player(world, window, out)
        window.show_window(*(PORTRAIT if orientation == "portrait" else LANDSCAPE))
        player.start()
        try:
            visit.play(player)
        except ScriptError as failed:
            error = str(failed)
            player.picture("failed")
        journal = world.settled_journal()
    return PlayedVisit(
        visit,
        tuple(player.pictures),
        tuple(ticket.path for ticket in world.printer.tickets if ticket.path),
        journal,
        tuple(world.printer.refusals),
        error,
    )
