"""A kiosk in a process of its own that serves one visitor, and is killed on the way.

    python -m tests.e2e.kiosk_child MACHINE.json DOCUMENT MOMENT

It kills itself at the moment, one of `MOMENTS`; at any other it goes on until it is killed. Each
stage of the visit is told on the standard output.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from config.loading import Configuration, load_catalogue, load_hall
from config.settings import MachineSettings
from kiosk import application as kiosk_application
from kiosk.application import KioskApplication, Surroundings
from kiosk.backend.contract import TicketRequest
from kiosk.backend.journal import Journal
from kiosk.backend.steps import Actor, Step
from kiosk.hall.model import Ticket
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.visit import Visit
from ui.app import application, draw_offscreen
from ui.demo.clock import DemoClock
from ui.demo.hands import Hands
from ui.ticket.artist import QtTicketArtist

MOMENTS = ("intent", "answered", "issued", "print_confirmed")


def die_at(moment: str) -> None:
    """Die at once and without a last word, if this is the moment."""
    if sys.argv[3] == moment:
        os.kill(os.getpid(), signal.SIGKILL)


class DyingJournal(Journal):
    """The real journal of a kiosk whose power fails at one of its steps."""

    def intent(self, request: TicketRequest) -> None:
        super().intent(request)
        die_at("intent")

    def issued(self, key: str, ticket: Ticket, actor: Actor = Actor.VISIT) -> None:
        die_at("answered")
        super().issued(key, ticket, actor)
        die_at("issued")

    def record(self, key: str, step: Step, note: str = "", actor: Actor = Actor.VISIT) -> None:
        super().record(key, step, note, actor)
        die_at(step.value)


def main() -> None:
    """Serve the visitor until killed."""
    draw_offscreen()
    application()
    settings = MachineSettings.model_validate_json(Path(sys.argv[1]).read_text("utf-8"))
    catalogue = load_catalogue()
    configuration = Configuration(settings, load_hall(settings.kiosk.hall, catalogue), catalogue)
    kiosk_application.Journal = DyingJournal  # type: ignore[attr-defined]  # made there
    in_service = threading.Event()

    def observe(visit: Visit) -> None:
        sys.stdout.write(f"{type(visit.stage).__name__}\n")
        sys.stdout.flush()
        match visit.stage:
            case s.Attract():
                in_service.set()
            case s.Confirming():
                kiosk.post(e.ConfirmPressed())

    surroundings = Surroundings(QtTicketArtist(), DemoClock().local)
    kiosk = KioskApplication(configuration, surroundings, observe)
    with kiosk:
        in_service.wait()
        Hands(kiosk).place(sys.argv[2])
        threading.Event().wait()


if __name__ == "__main__":
    main()
