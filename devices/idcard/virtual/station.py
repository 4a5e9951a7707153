"""The virtual reader as a whole: its port, its cards, and the verbs of its operator."""

from pathlib import Path
from types import TracebackType
from typing import Self

from devices.control import ControlPort, UnknownVerb
from devices.idcard.virtual.card_files import CardFileError, load
from devices.idcard.virtual.faults import USAGE, parse_fault
from devices.idcard.virtual.port import ReaderPort
from devices.idcard.virtual.reader import VirtualReader

VERBS = f"place CARD, lift, unplug, plug, clear, status, or a fault: {USAGE}"


class VirtualIdCardReader:
    """A reader on a pseudo-terminal, with verbs: `do("place garcia-2023")`, `do("once half read")`.

    The same verbs, one a line, are taken on the control port.
    """

    def __init__(
        self,
        *,
        port: Path | None = None,
        control: int | None = None,
        host: str = "127.0.0.1",
        reader: VirtualReader | None = None,
    ) -> None:
        """Make a reader; `start` plugs it in.

        `port`: what the serial port is called, None makes up a name. `control`: TCP port of the
        side channel, 0 takes a free one, None has none. `reader`: one that behaves otherwise.

        Raises:
            OSError: the control port is taken.
        """
        self.reader = reader or VirtualReader()
        self._port = ReaderPort(self.reader, port)
        self._control = (
            None if control is None else ControlPort(host, control, self.do, self.describe)
        )

    @property
    def port(self) -> str:
        """The serial port's name, for the driver."""
        return str(self._port.name)

    @property
    def control_port(self) -> int | None:
        return None if self._control is None else self._control.port

    def start(self) -> None:
        """Plug the reader in.

        Raises:
            OSError: the port's name is taken.
        """
        self._port.plug_in()
        if self._control is not None:
            self._control.start()

    def stop(self) -> None:
        if self._control is not None:
            self._control.stop()
        self._port.unplug()

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

    def do(self, line: str) -> None:
        """Carry out a verb.

        Raises:
            UnknownVerb: there is none like it, or no such card; with what would be right.
        """
        match line.split():
            case ["place", *words] if words:
                try:
                    self.reader.place(load(" ".join(words)))
                except CardFileError as error:
                    raise UnknownVerb(str(error)) from None
            case ["lift"]:
                self.reader.lift()
            case ["unplug"]:
                self._port.unplug()
            case ["plug"]:
                self._port.plug_in()
            case ["clear"]:
                self.reader.clear_faults()
            case []:
                raise UnknownVerb(f"give a verb: {VERBS}")
            case words:
                self.reader.add_fault(parse_fault(words))

    def describe(self) -> str:
        """The state on one line, for whoever operates it."""
        plugged = "plugged in" if self._port.plugged else "unplugged"
        return f"{plugged}; {self.reader.describe()}"
