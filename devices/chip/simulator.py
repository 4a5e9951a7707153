"""The chip reader's simulator: the driver over a virtual tray in the same process.

    sim:chip                            an empty tray
    sim:chip?document=lindqvist-utopia  with a document on it (a specimen's name or file)
    sim:chip?pki=DIR&latency=fast       issued by 'hall-kiosk pki create', as slow as a real one
    sim:chip?control=7103               verbs of the operator on that TCP port

In the same process, the driver's `operator` takes the verbs. For a card behind the real pcscd, use
``hall-kiosk chip simulate`` and ``pcsc:``.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl

from devices.chip.driver import ChipReader
from devices.chip.errors import ChipError
from devices.chip.pki import specimen_pki
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.virtual.document import DEFAULT_LATENCY, find_specimen, latency_named
from devices.chip.virtual.operator import Operator
from devices.chip.virtual.tray import VirtualTray
from devices.control import ControlPort
from devices.event import DeviceEvent
from devices.registry import UnknownDeviceUri

_OPTIONS: Final = frozenset({"document", "pki", "latency", "control"})


def create(uri: SplitResult) -> "SimulatedChipReader":
    """Driver for ``sim:chip`` with the options above.

    Raises:
        UnknownDeviceUri: the path or an option is none of those, or its value will not do.
    """
    options = dict(parse_qsl(uri.query, keep_blank_values=True))
    unknown = options.keys() - _OPTIONS
    if uri.path != "chip" or unknown:
        wrong = ", ".join(sorted(unknown)) or uri.path
        raise UnknownDeviceUri(
            f"{uri.geturl()!r}: {wrong} is not known; sim:chip takes {', '.join(sorted(_OPTIONS))}"
        )
    latency = options.get("latency", DEFAULT_LATENCY)
    tray = VirtualTray()
    try:
        latency_named(latency)
        control = _port(options["control"]) if "control" in options else None
        pki = specimen_pki.load(Path(options["pki"])) if "pki" in options else SpecimenPki()
        operator = Operator(tray, pki, latency)
        if "document" in options:
            operator.insert(find_specimen(options["document"]))
    except (ChipError, ValueError) as error:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: {error}") from error
    return SimulatedChipReader(tray, operator, control)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) < 65536):
        raise ValueError("control is a TCP port")
    return int(text)


class SimulatedChipReader(ChipReader):
    """The chip reader's driver over a virtual tray, with the operator's port while it is open."""

    def __init__(self, tray: VirtualTray, operator: Operator, control: int | None = None) -> None:
        super().__init__(lambda: tray)
        self.operator = operator
        self._control = control
        self._port: ControlPort | None = None

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        super().open(emit)
        if self._control is not None and self._port is None:
            self._port = ControlPort(
                "127.0.0.1", self._control, self.operator.do, self.operator.describe
            )
            self._port.start()

    def close(self) -> None:
        if self._port is not None:
            self._port.stop()
            self._port = None
        super().close()
