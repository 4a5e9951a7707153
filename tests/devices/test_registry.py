"""From URI to driver: what is known, and what is said when it is not."""

import socket
import sys
import types
from urllib.parse import SplitResult

import pytest

from devices.registry import (
    DeviceKind,
    UnknownDeviceUri,
    check_device,
    check_uri,
    create_driver,
)
from tests.devices.scripted import ScriptedDriver


def test_a_known_scheme_is_split_into_its_parts() -> None:
    parts = check_uri(DeviceKind.PRINTER, "serial:/dev/ttyUSB1?baudrate=115200")
    assert (parts.scheme, parts.path, parts.query) == (
        "serial",
        "/dev/ttyUSB1",
        "baudrate=115200",
    )


@pytest.mark.parametrize("uri", ["", "printer", "gopher://printer", "/dev/ttyUSB0", "pcsc:"])
def test_an_unknown_scheme_is_answered_with_what_would_do(uri: str) -> None:
    with pytest.raises(UnknownDeviceUri) as refused:
        check_uri(DeviceKind.PRINTER, uri)
    assert repr(uri) in str(refused.value)
    assert "tcp://192.0.2.7:9100" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "uri"),
    [
        (DeviceKind.CHIP_READER, "sim:chip"),
        (DeviceKind.ID_CARD_READER, "sim:idcard"),
        (DeviceKind.CAMERA, "sim:camera"),
        (DeviceKind.PRINTER, "tcp://127.0.0.1:9100"),  # the virtual printer
    ],
)
def test_every_kind_of_device_has_a_simulator(kind: DeviceKind, uri: str) -> None:
    assert check_uri(kind, uri).geturl() == uri


@pytest.mark.parametrize(
    ("kind", "uri"),
    [
        (DeviceKind.CHIP_READER, "pcsc:"),
        (DeviceKind.CHIP_READER, "sim:chip"),
        (DeviceKind.ID_CARD_READER, "serial:/dev/ttyUSB0"),
        (DeviceKind.ID_CARD_READER, "sim:idcard"),
        (DeviceKind.CAMERA, "v4l2:/dev/video0"),
        (DeviceKind.CAMERA, "file:/a/picture.png"),
        (DeviceKind.CAMERA, "folder:/run/scanner"),
        (DeviceKind.CAMERA, "sim:camera"),
        (DeviceKind.PRINTER, "tcp://192.0.2.7:9100"),
        (DeviceKind.PRINTER, "serial:/dev/ttyUSB1"),
        (DeviceKind.PRINTER, "usb:04b8:0e28"),
    ],
)
def test_every_driver_refuses_options_that_it_does_not_know(kind: DeviceKind, uri: str) -> None:
    check_device(kind, uri)
    for bogus in ("?bogus=1", "?bogus="):
        with pytest.raises(UnknownDeviceUri, match="bogus"):
            check_device(kind, uri + bogus)


@pytest.mark.parametrize(
    ("kind", "uri"),
    [
        (DeviceKind.CAMERA, "sim:camera?control={}"),
        (DeviceKind.ID_CARD_READER, "sim:idcard?control={}"),
        (DeviceKind.CHIP_READER, "sim:chip?control={}"),
    ],
)
def test_looking_at_a_simulators_uri_takes_no_port(kind: DeviceKind, uri: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        check_device(kind, uri.format(taken.getsockname()[1]))


def test_the_driver_is_made_by_the_module_of_its_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("devices.idcard.driver")
    made: list[SplitResult] = []

    def create(uri: SplitResult) -> ScriptedDriver:
        made.append(uri)
        return ScriptedDriver()

    module.create = create  # type: ignore[attr-defined] # a module made by hand
    monkeypatch.setitem(sys.modules, "devices.idcard.driver", module)
    driver = create_driver(DeviceKind.ID_CARD_READER, "serial:/dev/ttyUSB0")
    assert isinstance(driver, ScriptedDriver)
    assert made[0].path == "/dev/ttyUSB0"
