"""A whole visit: from the document placed to the ticket's bytes sent, and whose time it was.

The kiosk runs as in the demo: drawn frames at 20 a second, a chip as slow as a recent one, HTTP to
a real hall server, ESC/POS over TCP, and the screen drawn in software at 1080x1920. Every moment
belongs to one of four: a device has a command to carry out (the printer's until it proves that the
ticket is out); or else a request is under way to the hall server; or else the visitor looks at the
screen; or else it is our own.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.heartbeat import Heartbeat

if TYPE_CHECKING:
    from devices.worker import Device
    from kiosk.application import KioskApplication
    from ui.demo.player import Player

VISITS = 5
PERSON = "garcia-united-states"
"""A document without keys of its own: making its chip, in this process, costs next to nothing."""
SERVICE = "visa-extension"
SECONDS = 60.0
VISITOR_SECONDS = 0.7
"""How long the visitor looks at each screen; more than the guard against double taps."""

Span = tuple[float, float]


def measure() -> dict[str, tuple[float, str]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_visit"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {str(name): (float(value), "ms") for name, value in json.loads(done.stdout).items()}


@dataclass
class Timeline:
    """When devices and the network were at work."""

    devices: list[Span] = field(default_factory=list)
    network: list[Span] = field(default_factory=list)
    visitor: list[Span] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, spans: list[Span], begun: float) -> None:
        with self._lock:
            spans.append((begun, time.perf_counter()))

    def watch_device(self, device: "Device") -> None:
        submit = device.submit

        def timed(command: Any, on_completion: Callable[[Any], None], **rest: Any) -> Any:
            begun = time.perf_counter()

            def ended(completion: Any) -> None:
                self.note(self.devices, begun)
                on_completion(completion)

            return submit(command, ended, **rest)

        device.submit = timed  # type: ignore[method-assign] # the point of the measurement

    def watch_network(self, application: "KioskApplication") -> None:
        client = application.client
        call = client._call  # the seam of all requests

        def timed(*args: Any, **rest: Any) -> Any:
            begun = time.perf_counter()
            try:
                return call(*args, **rest)
            finally:
                self.note(self.network, begun)

        client._call = timed  # type: ignore[method-assign] # as above


def covered(spans: list[Span], whole: Span) -> float:
    """Seconds of `whole` that lie within any of the spans."""
    total, reached = 0.0, whole[0]
    for begin, end in sorted(spans):
        begin, end = max(begin, reached), min(end, whole[1])  # noqa: PLW2901 -- clipped to the rest
        if end > begin:
            total += end - begin
            reached = end
    return total


def probe(folder: Path) -> dict[str, float]:
    """Play the visits; medians in milliseconds, and the longest stall of all."""
    from kiosk.server.seeding import Booking
    from ui.app import PORTRAIT, application, draw_offscreen
    from ui.demo.hall import DemoHall, Person, make_pki
    from ui.demo.hands import Hands
    from ui.demo.player import Player
    from ui.kiosk import Kiosk

    draw_offscreen()
    application()
    make_pki(folder / "pki", {PERSON})
    people = (Person(PERSON, Booking.WALK_IN),)
    visits: list[dict[str, float]] = []
    for number in range(VISITS):
        hall = DemoHall(folder / str(number), people, folder / "pki")
        with hall, Kiosk(hall.configuration, hall.surroundings()) as kiosk:
            timeline = Timeline()
            for device in kiosk.application.devices.values():
                timeline.watch_device(device)
            timeline.watch_network(kiosk.application)
            kiosk.window.show_window(*PORTRAIT)
            player = Player(hall, Hands(kiosk.application), kiosk.window, folder / "unused")
            beats = Heartbeat()
            player.see("Attract", SECONDS)
            player.wait(lambda: False, 2.0)
            beats.longest()
            visits.append(_visit(player, timeline, beats))
    figures = {name: statistics.median(visit[name] for visit in visits) for name in visits[0]}
    figures["visit.event_loop.longest_stall"] = max(
        visit["visit.event_loop.longest_stall"] for visit in visits
    )
    return figures


def _visit(player: "Player", timeline: Timeline, beats: Heartbeat) -> dict[str, float]:
    """One walk-in from the document placed to the printer's proof of the ticket."""
    placed = time.perf_counter()
    # the virtual document is made as it is placed: not on the screen's thread
    threading.Thread(target=player.hands.place, args=(PERSON,)).start()
    for screen, button in (
        ("NoReservation", "walkIn"),
        ("ChoosingService", f"service-{SERVICE}"),
        ("Confirming", "confirm"),
    ):
        player.see(screen, SECONDS)
        looked = time.perf_counter()
        player.wait(lambda: False, VISITOR_SECONDS)
        timeline.note(timeline.visitor, looked)
        player.tap(button)
    player.see("TicketPrinted", SECONDS)
    whole = (placed, max(end for _, end in timeline.devices))
    devices = covered(timeline.devices, whole)
    network = covered([*timeline.devices, *timeline.network], whole) - devices
    at_work = [*timeline.devices, *timeline.network, *timeline.visitor]
    elsewhere = covered(at_work, whole)
    return {
        "visit.total": (whole[1] - whole[0]) * 1000,
        "visit.devices": devices * 1000,
        "visit.network": network * 1000,
        "visit.visitor": (elsewhere - devices - network) * 1000,
        "visit.own": (whole[1] - whole[0] - elsewhere) * 1000,
        "visit.event_loop.longest_stall": beats.longest(),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(probe(Path(folder))))
