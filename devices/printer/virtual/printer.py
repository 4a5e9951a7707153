"""The virtual printer as a whole."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from devices.control import ControlPort
from devices.printer.virtual.core import PrinterCore
from devices.printer.virtual.endpoints import Endpoint, PtyEndpoint, TcpEndpoint
from devices.printer.virtual.faults import Faults
from devices.printer.virtual.model import Model
from devices.printer.virtual.paper import PaperRoll

_DPI = (203, 203)


@dataclass(frozen=True, slots=True)
class PrintedTicket:
    """A piece of paper that has left the printer."""

    image: Image.Image
    path: Path | None
    """Where its PNG is, if the printer was given a folder."""
    cut: bool
    """Whether the cutter cut it; otherwise it was torn off when paper or a jam was removed."""


class VirtualPrinter:
    """An ESC/POS printer on a TCP port (or a pty) that draws on pictures instead of paper.

    Faults are verbs: `do("paper out")`, `do("after 30 mm cover open")`, or the methods of
    `faults`. The same verbs, one a line, are taken on the control port.
    """

    def __init__(
        self,
        port: int = 0,
        out: Path | None = None,
        *,
        control: int | None = None,
        pty: Path | None = None,
        endpoint: Callable[[PrinterCore], Endpoint] | None = None,
        model: Model | None = None,
        strict: bool = False,
        host: str = "127.0.0.1",
    ) -> None:
        """Make a printer; `start` switches it on.

        `port`: TCP port, 0 takes a free one. `out`: folder for a PNG a ticket. `control`: port of
        the side channel, 0 takes a free one, None has none. `pty`: instead of TCP, a serial
        device whose name is this path. `endpoint`: instead of both, what carries the bytes.
        `strict`: an instruction that no printer would accept stops it with an unrecoverable
        error, instead of being left out.
        """
        self.model = model or Model()
        self.tickets: list[PrintedTicket] = []
        """Cut and torn off so far, in order."""
        self._out = out
        self._roll = PaperRoll(self.model.paper)
        self._core = PrinterCore(
            self.model, strict=strict, on_feed=self._roll.put, on_cut=self._on_cut
        )
        if endpoint is not None:
            self.endpoint: Endpoint = endpoint(self._core)
        elif pty is not None:
            self.endpoint = PtyEndpoint(self._core, pty)
        else:
            self.endpoint = TcpEndpoint(self._core, host, port)
        self.faults = Faults(self._core, self._on_torn)
        self._control = (
            None if control is None else ControlPort(host, control, self.do, self.describe)
        )

    def start(self) -> None:
        """Switch on.

        Raises:
            OSError: a port is taken.
        """
        if self._out is not None:
            self._out.mkdir(parents=True, exist_ok=True)
        self.endpoint.start()
        self._core.start()
        if self._control is not None:
            self._control.start()

    def stop(self) -> None:
        if self._control is not None:
            self._control.stop()
        self.endpoint.stop()
        self._core.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def uri(self) -> str:
        """What the kiosk's configuration says to print here."""
        return self.endpoint.uri

    @property
    def control_port(self) -> int | None:
        return None if self._control is None else self._control.port

    @property
    def refusals(self) -> list[str]:
        """Instructions that no printer would accept, with why."""
        return self._core.refusals

    @property
    def bytes_received(self) -> int:
        return self._core.bytes_received

    def do(self, line: str) -> None:
        """Carry out a verb, see `Faults.do`.

        Raises:
            UnknownVerb: there is none like it.
        """
        self.faults.do(line)

    def describe(self) -> str:
        """The state on one line, for whoever operates it."""
        condition = self._core.condition
        flags = [
            name
            for name in (
                "cover_open",
                "switched_offline",
                "cutter_error",
                "mechanical_error",
                "unrecoverable",
                "head_hot",
            )
            if getattr(condition, name)
        ]
        flags += [name for name in ("silent", "busy") if getattr(self._core, name)]
        return " ".join([f"paper={condition.paper}", f"tickets={len(self.tickets)}", *flags])

    def wait_for_tickets(self, count: int, seconds: float = 5.0) -> list[PrintedTicket]:
        """Wait until that many pieces of paper are out, or the time is over; returns them."""
        with self._core.changed:
            self._core.changed.wait_for(lambda: len(self.tickets) >= count, seconds)
            return list(self.tickets)

    def _on_cut(self) -> None:
        self._keep(self._roll.cut_off(), cut=True)

    def _on_torn(self) -> None:
        with self._core.changed:
            if not self._roll.empty:
                self._keep(self._roll.tear_off(), cut=False)

    def _keep(self, image: Image.Image, *, cut: bool) -> None:
        path = None
        if self._out is not None:
            number = len(self.tickets) + 1
            path = self._out / f"{'ticket' if cut else 'torn'}-{number:04}.png"
            image.save(path, dpi=_DPI)
        self.tickets.append(PrintedTicket(image, path, cut))
        with self._core.changed:
            self._core.changed.notify_all()
