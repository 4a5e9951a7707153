"""What a printer's URI in the configuration says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn
from urllib.parse import SplitResult, parse_qsl

from devices.printer.contract import PaperWidth, PrintProof
from devices.registry import UnknownDeviceUri

_DEFAULT_PORT = 9100


class Flow(StrEnum):
    """Flow control of a serial line."""

    NONE = "none"
    RTS_CTS = "rtscts"
    DSR_DTR = "dsrdtr"
    XON_XOFF = "xonxoff"


@dataclass(frozen=True, slots=True)
class PrinterUri:
    """A printer's address and what cannot be asked of it.

    ``tcp://HOST[:PORT]``, ``serial:/dev/ttyUSB0?baudrate=115200&flow=rtscts``,
    ``usb:VENDOR:PRODUCT`` in hexadecimal; each with ``paper=58`` for narrow paper and
    ``proof=none`` for a model that cannot confirm what it printed.
    """

    scheme: str
    host: str = ""
    port: int = _DEFAULT_PORT
    device: str = ""
    baudrate: int = 115200
    flow: Flow = Flow.NONE
    vendor: int = 0
    product: int = 0
    paper: PaperWidth = PaperWidth.MM_80
    can_prove: bool = True

    @classmethod
    def parse(cls, uri: SplitResult) -> "PrinterUri":
        """Read a URI.

        Raises:
            UnknownDeviceUri: with what would be right.
        """
        try:
            options = _options(uri.query)
            parsed = _address(uri, options) | _common(uri, options)
        except ValueError as error:
            if isinstance(error, UnknownDeviceUri):
                raise
            _wrong(uri, str(error))
        if options:
            _wrong(uri, f"it knows no {', '.join(sorted(options))}")
        return cls(uri.scheme, **parsed)  # type: ignore[arg-type]  # values fit their keys


def _options(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True)) if query else {}


def _address(uri: SplitResult, options: dict[str, str]) -> dict[str, object]:
    match uri.scheme:
        case "tcp":
            if not uri.hostname:
                _wrong(uri, "use tcp://HOST[:PORT]")
            return {"host": uri.hostname, "port": uri.port or _DEFAULT_PORT}
        case "serial":
            if not uri.path:
                _wrong(uri, "use serial:/dev/NAME?baudrate=115200")
            return {
                "device": uri.path,
                "baudrate": int(options.pop("baudrate", "115200")),
                "flow": Flow(options.pop("flow", "none")),
            }
        case "usb":
            vendor, separator, product = uri.path.partition(":")
            if not separator:
                _wrong(uri, "use usb:VENDOR:PRODUCT in hexadecimal, as lsusb shows them")
            return {"vendor": int(vendor, 16), "product": int(product, 16)}
    return _wrong(uri, "use tcp:, serial: or usb:")


def _common(uri: SplitResult, options: dict[str, str]) -> dict[str, object]:
    paper = options.pop("paper", "80")
    if paper not in {"80", "58"}:
        _wrong(uri, "paper is 80 or 58 (mm)")
    proof = options.pop("proof", "auto")
    if proof not in {"auto", PrintProof.NONE.value}:
        _wrong(uri, "proof is auto or none")
    return {"paper": PaperWidth(int(paper)), "can_prove": proof == "auto"}


def _wrong(uri: SplitResult, hint: str) -> NoReturn:
    raise UnknownDeviceUri(f"{uri.geturl()!r} is no printer URI: {hint}")
