"""Prints a ticket on the virtual printer, through the driver."""

import queue

from PIL import Image

from devices.command import Completion
from devices.printer.contract import PaperWidth, Print, PrintJob, PrintOutcome, PrintResult
from devices.printer.virtual import Model, VirtualPrinter
from devices.registry import DeviceKind, create_driver
from devices.worker import Device


def on_paper(job: PrintJob, paper: PaperWidth = PaperWidth.MM_80) -> Image.Image:
    """What comes out of a printer that refuses what no printer would accept."""
    with VirtualPrinter(model=Model(paper=paper), strict=True) as printer:
        uri = f"{printer.uri}?paper={paper.value}"
        device = Device("printer", create_driver(DeviceKind.PRINTER, uri))
        device.start()
        done: queue.Queue[Completion[PrintResult]] = queue.Queue()
        device.submit(Print(job), done.put)
        result = done.get(timeout=30).result
        device.stop()
        assert printer.refusals == []
        assert result is not None
        assert result.outcome is PrintOutcome.PRINTED
        (ticket,) = printer.tickets
        return ticket.image
