"""A ticket in two languages: its bytes, and our time from issued to the last byte written."""

import os
import queue
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtGui import QGuiApplication

from config.catalogue import Service
from config.loading import load_catalogue
from devices.command import Completion
from devices.printer.contract import PaperWidth, Print, PrintOutcome, PrintResult
from devices.printer.driver import ReceiptPrinter
from devices.printer.encode import encode
from devices.printer.link import Link, connect
from devices.printer.uri import PrinterUri
from devices.printer.virtual import VirtualPrinter
from devices.printer.virtual.paper import HEAD_TO_CUTTER
from devices.worker import Device
from kiosk.tickets.content import TicketContent
from kiosk.tickets.drawing import compose
from kiosk.tickets.languages import languages
from kiosk.tickets.specimen import ticket
from ui.ticket.artist import QtTicketArtist

PAPER = PaperWidth.MM_80
REPEATS = 15


@dataclass
class TimedLink:
    """Notes when bytes were last written, and how long the printer was waited for."""

    link: Link
    last_write: float = 0.0
    waited: float = 0.0
    waited_before_last_write: float = 0.0

    def write(self, data: bytes, seconds: float) -> int:
        taken = self.link.write(data, seconds)
        if taken:
            self.last_write = time.perf_counter()
            self.waited_before_last_write = self.waited
        return taken

    def read(self, seconds: float) -> bytes:
        start = time.perf_counter()
        data = self.link.read(seconds)
        self.waited += time.perf_counter() - start
        return data

    def abort(self) -> None:
        self.link.abort()

    def close(self) -> None:
        self.link.close()


def measure() -> dict[str, tuple[float, str]]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    artist = QtTicketArtist()
    figures = {**_bytes(artist), **_drawing(artist), **_printing(artist)}
    del application
    return figures


def _bytes(artist: QtTicketArtist) -> dict[str, tuple[float, str]]:
    sizes = {language: len(_encoded(ticket(language), artist)) for language in languages()}
    two = [size for language, size in sizes.items() if language != "zh"]
    raster = _as_one_raster(artist)
    real = [len(_encoded(_as_issued(service), artist)) for service in load_catalogue().services]
    return {
        "ticket.bytes": (sizes["en"], "B"),
        "ticket.bytes.worst_language": (max(two), "B"),
        "ticket.bytes.catalogue_median": (statistics.median(real), "B"),
        "ticket.bytes.catalogue_largest": (max(real), "B"),
        "ticket.bytes.one_raster": (raster, "B"),
        "ticket.bytes.share_of_one_raster": (100 * sizes["en"] / raster, "%"),
    }


def _as_issued(service: Service) -> TicketContent:
    """A ticket with all that a service of the shipped catalogue asks for."""
    return ticket("en", services=(service.name,), materials=service.materials)


def _encoded(content: TicketContent, artist: QtTicketArtist) -> bytes:
    return b"".join(encode(compose(content, PAPER, artist), PAPER))


def _as_one_raster(artist: QtTicketArtist) -> int:
    """Bytes of the same ticket sent as one picture: what is usual where a script has no font."""
    with VirtualPrinter(strict=True) as printer:
        _print_once(printer, artist)
        height = printer.tickets[0].image.height - HEAD_TO_CUTTER
    return PAPER.dots // 8 * height


def _drawing(artist: QtTicketArtist) -> dict[str, tuple[float, str]]:
    """Layout, drawing and encoding; `new` with nothing drawn before but fonts loaded."""
    new: list[float] = []
    again: list[float] = []
    for number in range(REPEATS):
        content = ticket("en", number=f"B {number:03}")
        artist.forget()
        for times in (new, again):
            start = time.perf_counter()
            _encoded(content, artist)
            times.append(time.perf_counter() - start)
    return {
        "ticket.draw.new": (1000 * statistics.median(new), "ms"),
        "ticket.draw.new.worst": (1000 * max(new), "ms"),
        "ticket.draw.again": (1000 * statistics.median(again), "ms"),
    }


def _printing(artist: QtTicketArtist) -> dict[str, tuple[float, str]]:
    """From composing to the last byte written, over TCP to a printer that takes no time."""
    own, whole = [], []
    with VirtualPrinter(strict=True) as printer:
        links: list[TimedLink] = []

        def timed(uri: PrinterUri) -> Link:
            links.append(TimedLink(connect(uri)))
            return links[-1]

        device = Device("printer", ReceiptPrinter(PrinterUri.parse(urlsplit(printer.uri)), timed))
        device.start()
        for number in range(REPEATS):
            waited = links[-1].waited if links else 0.0
            artist.forget()
            start = time.perf_counter()
            _print(device, ticket("en", number=f"B {number:03}"), artist)
            whole.append(links[-1].last_write - start)
            own.append(whole[-1] - (links[-1].waited_before_last_write - waited))
        device.stop()
    return {
        "ticket.issued_to_last_byte": (1000 * statistics.median(whole), "ms"),
        "ticket.issued_to_last_byte.own": (1000 * statistics.median(own), "ms"),
    }


def _print_once(printer: VirtualPrinter, artist: QtTicketArtist) -> None:
    device = Device("printer", ReceiptPrinter(PrinterUri.parse(urlsplit(printer.uri))))
    device.start()
    _print(device, ticket("en"), artist)
    device.stop()


def _print(device: Device, content: TicketContent, artist: QtTicketArtist) -> None:
    done: queue.Queue[Completion[PrintResult]] = queue.Queue()
    device.submit(Print(compose(content, PAPER, artist)), done.put, timeout=30)
    result = done.get().result
    if result is None or result.outcome is not PrintOutcome.PRINTED:
        raise RuntimeError("the ticket was not printed")
