"""The simulated ID-card reader as a device: the real driver on a virtual reader's port."""

from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl

from devices.command import DeviceGone
from devices.event import DeviceEvent
from devices.idcard.cards import Card
from devices.idcard.driver import IdCardDriver
from devices.idcard.link import ByteLink, SerialLink
from devices.idcard.virtual.card_files import CardFileError, load
from devices.idcard.virtual.station import VirtualIdCardReader
from devices.registry import UnknownDeviceUri

EXAMPLE = "sim:idcard or sim:idcard?card=weber-2023&control=7103"


class SimulatedIdCardDriver(IdCardDriver):
    """Starts the virtual reader with its first opening. `virtual` takes the operator's verbs."""

    def __init__(self, virtual: VirtualIdCardReader) -> None:
        super().__init__(self._connect)
        self.virtual = virtual
        self._started = False

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        if not self._started:
            try:
                self.virtual.start()
            except OSError as error:
                raise DeviceGone(f"the virtual reader cannot be started: {error}") from error
            self._started = True
        super().open(emit)

    def _connect(self) -> ByteLink:
        return SerialLink(self.virtual.port)


def check(uri: SplitResult) -> tuple[Card | None, int | None]:
    """The card and the control port of a simulated reader's URI; takes no port.

    Raises:
        UnknownDeviceUri: with what would be right.
    """
    options = dict(parse_qsl(uri.query, keep_blank_values=True))
    card, control = options.pop("card", None), options.pop("control", None)
    if uri.path != "idcard" or options:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: use one like {EXAMPLE}")
    if control is not None and not (control.isdecimal() and int(control) < 65536):
        raise UnknownDeviceUri(f"{uri.geturl()!r}: control is a TCP port")
    try:
        return load(card) if card is not None else None, None if control is None else int(control)
    except CardFileError as error:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: {error}") from None


def create(uri: SplitResult) -> SimulatedIdCardDriver:
    """Make the driver for ``sim:idcard[?card=NAME][&control=PORT]``.

    ``card`` lies on the reader from the beginning; ``control`` is the TCP port of the side channel.

    Raises:
        UnknownDeviceUri: with what would be right.
    """
    card, control = check(uri)
    try:
        virtual = VirtualIdCardReader(control=control)
        if card is not None:
            virtual.reader.place(card)
    except OSError as error:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: control port: {error.strerror}") from None
    return SimulatedIdCardDriver(virtual)
