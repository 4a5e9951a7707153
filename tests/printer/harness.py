"""A virtual printer at the end of a real transport, and the device that prints on it."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import numpy as np
import zxingcpp

from devices.command import Command, Completion
from devices.event import DeviceEvent
from devices.printer.contract import (
    Cut,
    Feed,
    NativeText,
    Print,
    PrintJob,
    PrintResult,
    QrCode,
    ReceiptPrinterStatus,
    result_of,
)
from devices.printer.driver import ReceiptPrinter
from devices.printer.link import UsbLink, connect
from devices.printer.session import Limits
from devices.printer.uri import PrinterUri
from devices.printer.virtual import Model, PrintedTicket, VirtualPrinter
from devices.printer.virtual.endpoints import PtyEndpoint, TcpEndpoint
from devices.worker import Device
from tests.printer.usb_backend import UsbEndpoint

TRANSPORTS = ("tcp", "serial", "usb")
PATIENT = Limits(answer=2.0, ready=3.0, stall=10.0, quiet=0.1)
"""For tests in which the printer answers; a busy machine must not make it seem silent."""
QUICK = Limits(answer=0.25, ready=0.4, stall=0.6, quiet=0.1)
"""For tests of a printer that does not answer, so that they do not last."""

ResultT = TypeVar("ResultT")


@dataclass
class Bench:
    """One printer and its device."""

    printer: VirtualPrinter
    device: Device
    events: "queue.Queue[DeviceEvent]" = field(default_factory=queue.Queue)

    def do(self, command: Command[ResultT], timeout: float = 30.0) -> Completion[ResultT]:
        done: queue.Queue[Completion[ResultT]] = queue.Queue()
        self.device.submit(command, done.put, timeout=timeout)
        return done.get(timeout=60)

    def print(self, job: PrintJob) -> PrintResult:
        return result_of(self.do(Print(job)))

    def status(self) -> ReceiptPrinterStatus:
        status = self.device.status
        assert isinstance(status, ReceiptPrinterStatus)
        return status


@contextmanager
def bench(
    transport: str,
    folder: Path,
    model: Model | None = None,
    *,
    query: str = "",
    limits: Limits = PATIENT,
) -> Iterator[Bench]:
    """A printer on a transport, ready to print."""
    model = model or Model()
    if transport == "usb":
        printer = VirtualPrinter(model=model, strict=True, endpoint=UsbEndpoint)
    elif transport == "serial":
        printer = VirtualPrinter(
            model=model, strict=True, endpoint=lambda core: PtyEndpoint(core, folder / "printer")
        )
    else:
        printer = VirtualPrinter(
            model=model, strict=True, endpoint=lambda core: TcpEndpoint(core, "127.0.0.1", 0)
        )
    with printer:
        separator = "&" if "?" in printer.uri else "?"
        uri = PrinterUri.parse(urlsplit(printer.uri + (separator + query if query else "")))
        endpoint = printer.endpoint

        def link(uri: PrinterUri) -> UsbLink:
            assert isinstance(endpoint, UsbEndpoint)
            return UsbLink(uri, {"backend": endpoint.backend})

        driver = ReceiptPrinter(uri, link if transport == "usb" else connect, limits)
        device = Device("printer", driver)
        it = Bench(printer, device)
        opened: queue.Queue[DeviceEvent] = queue.Queue()
        device.subscribe(opened.put)
        device.subscribe(it.events.put)
        device.start()
        opened.get(timeout=10)
        try:
            yield it
        finally:
            device.stop()


def job(code: str) -> PrintJob:
    """A ticket of some 60 mm that can be told apart by its QR code."""
    return PrintJob(
        (
            NativeText("A 012", 8, 8, bold=True),
            Feed(80),
            QrCode(code, 6),
            NativeText("DESK 4", 6, 6),
            Cut(),
        )
    )


def codes(tickets: list[PrintedTicket]) -> list[str]:
    """The QR codes that can be read on the paper that came out, in order."""
    return [
        barcode.text
        for ticket in tickets
        for barcode in zxingcpp.read_barcodes(np.asarray(ticket.image))
    ]


def has_ink(ticket: PrintedTicket) -> bool:
    return bool((np.asarray(ticket.image) < 128).any())
