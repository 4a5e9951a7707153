"""From a URI in the configuration to the driver that serves it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, urlsplit

from devices.driver import Driver


class DeviceKind(StrEnum):
    """The kinds of devices a kiosk has; the key of a device in the machine's configuration."""

    CHIP_READER = "chip_reader"
    ID_CARD_READER = "id_card_reader"
    CAMERA = "camera"
    PRINTER = "printer"


DriverFactory = Callable[[SplitResult], Driver]


@dataclass(frozen=True, slots=True)
class _Entry:
    module: str
    """Module with a function ``create(uri: SplitResult) -> Driver``; imported when needed.

    Where making the driver takes something, e.g. a port, it has a function
    ``check(uri: SplitResult) -> None`` besides, which refuses the same URIs and takes nothing.
    """
    example: str


_DRIVERS: dict[DeviceKind, dict[str, _Entry]] = {
    DeviceKind.CHIP_READER: {
        "pcsc": _Entry("devices.chip.driver", "pcsc: or pcsc:READER-NAME"),
        "sim": _Entry("devices.chip.simulator", "sim:chip"),
    },
    DeviceKind.ID_CARD_READER: {
        "serial": _Entry("devices.idcard.driver", "serial:/dev/ttyUSB0"),
        "sim": _Entry("devices.idcard.simulator", "sim:idcard"),
    },
    DeviceKind.CAMERA: {
        "v4l2": _Entry("devices.camera.v4l2", "v4l2:/dev/video0"),
        "file": _Entry("devices.camera.capture", "file:/path/of/picture-or-video"),
        "folder": _Entry("devices.camera.folder", "folder:/run/scanner"),
        "sim": _Entry("devices.camera.simulator", "sim:camera"),
    },
    DeviceKind.PRINTER: {
        "tcp": _Entry("devices.printer.driver", "tcp://192.0.2.7:9100"),
        "serial": _Entry("devices.printer.driver", "serial:/dev/ttyUSB1?baudrate=115200"),
        "usb": _Entry("devices.printer.driver", "usb:04b8:0e28"),
    },
}


class UnknownDeviceUri(ValueError):  # noqa: N818 -- what is wrong with the value
    """A device URI that no driver serves; the text says which would do."""


def check_uri(kind: DeviceKind, uri: str) -> SplitResult:
    """Split a device URI after checking that a driver for its scheme is known.

    Raises:
        UnknownDeviceUri: with the schemes that would do.
    """
    parts = urlsplit(uri)
    known = _DRIVERS[kind]
    if parts.scheme not in known:
        examples = ", ".join(entry.example for entry in known.values())
        raise UnknownDeviceUri(f"{uri!r} is no {kind.value} URI; use one like {examples}")
    return parts


def check_device(kind: DeviceKind, uri: str) -> None:
    """Look at the whole of a device URI, without touching the device.

    Raises:
        UnknownDeviceUri: no driver for the scheme, or the driver refuses the rest of the URI.
    """
    parts = check_uri(kind, uri)
    module = _module(kind, parts.scheme)
    look: Callable[[SplitResult], object] = getattr(module, "check", module.create)
    look(parts)


def create_driver(kind: DeviceKind, uri: str) -> Driver:
    """Make the driver (or simulator) that a URI names. It is not opened yet.

    Raises:
        UnknownDeviceUri: no driver for the scheme, or the driver refuses the rest of the URI.
    """
    parts = check_uri(kind, uri)
    factory: DriverFactory = _module(kind, parts.scheme).create
    return factory(parts)


def _module(kind: DeviceKind, scheme: str) -> Any:
    return importlib.import_module(_DRIVERS[kind][scheme].module)
