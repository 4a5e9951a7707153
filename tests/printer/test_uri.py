"""Printer URIs, and what is said about wrong ones."""

from urllib.parse import urlsplit

import pytest

from devices.printer.contract import PaperWidth
from devices.printer.uri import Flow, PrinterUri
from devices.registry import UnknownDeviceUri


def parse(uri: str) -> PrinterUri:
    return PrinterUri.parse(urlsplit(uri))


def test_network_printers() -> None:
    assert parse("tcp://192.0.2.7") == PrinterUri("tcp", host="192.0.2.7", port=9100)
    assert parse("tcp://printer.hall:9101?paper=58&proof=none") == PrinterUri(
        "tcp", host="printer.hall", port=9101, paper=PaperWidth.MM_58, can_prove=False
    )


def test_serial_printers() -> None:
    assert parse("serial:/dev/ttyUSB1?baudrate=9600&flow=rtscts") == PrinterUri(
        "serial", device="/dev/ttyUSB1", baudrate=9600, flow=Flow.RTS_CTS
    )


def test_usb_printers() -> None:
    assert parse("usb:04b8:0e28") == PrinterUri("usb", vendor=0x04B8, product=0x0E28)


@pytest.mark.parametrize(
    ("uri", "hint"),
    [
        ("tcp:", "tcp://HOST"),
        ("tcp://printer:port", "Port"),
        ("serial:", "serial:/dev/NAME"),
        ("serial:/dev/ttyS0?baudrate=fast", "fast"),
        ("serial:/dev/ttyS0?flow=yes", "yes"),
        ("usb:04b8", "lsusb"),
        ("usb:printer:1", "printer"),
        ("tcp://printer?paper=70", "80 or 58"),
        ("tcp://printer?proof=yes", "auto or none"),
        ("tcp://printer?color=red", "color"),
        ("lpt:1", "use tcp:"),
    ],
)
def test_a_wrong_uri_is_told_what_would_be_right(uri: str, hint: str) -> None:
    with pytest.raises(UnknownDeviceUri, match=hint) as error:
        parse(uri)
    assert uri in str(error.value)
