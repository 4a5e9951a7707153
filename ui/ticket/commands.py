"""`hall-kiosk printer` and `hall-kiosk ticket`, with what needs a ticket to be drawn."""

import os
import queue
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from config.settings import MAX_COPIES
from devices.command import Command, Completion
from devices.printer.commands import printer
from devices.printer.contract import (
    PaperWidth,
    Print,
    PrintJob,
    PrintOutcome,
    Probe,
    result_of,
)
from devices.printer.report import lines
from devices.printer.uri import PrinterUri
from devices.printer.virtual import Model, VirtualPrinter
from devices.registry import DeviceKind, UnknownDeviceUri, check_uri, create_driver
from devices.worker import Device
from kiosk.tickets import specimen
from kiosk.tickets.commands import ticket
from kiosk.tickets.drawing import compose
from kiosk.tickets.languages import languages
from kiosk.tickets.trial import compose_trial

if TYPE_CHECKING:
    from ui.ticket.artist import QtTicketArtist

__all__ = ["printer", "ticket"]

_PROBE_SECONDS = 20.0
_PRINT_SECONDS = 60.0

ResultT = TypeVar("ResultT")


@printer.command()
@click.argument("uri")
@click.option("--ticket/--no-ticket", "with_ticket", default=True, help="Print a test ticket.")
def probe(uri: str, with_ticket: bool) -> None:
    """Tell what the printer at URI is, how it is, and what it can prove; print a test ticket.

    URI: tcp://HOST[:9100], serial:/dev/NAME?baudrate=N or usb:VENDOR:PRODUCT.
    """
    try:
        paper = PrinterUri.parse(check_uri(DeviceKind.PRINTER, uri)).paper
        device = Device("printer", create_driver(DeviceKind.PRINTER, uri))
    except UnknownDeviceUri as error:
        raise click.ClickException(str(error)) from error
    device.start()
    try:
        done = _do(device, Probe(), _PROBE_SECONDS)
        if done.result is None:
            raise click.ClickException(f"{done.code}: {done.detail}")
        for line in lines(done.result):
            click.echo(line)
        if with_ticket:
            job = compose_trial(done.result.model, datetime.now().astimezone(), paper, artist())
            _print_test(device, job)
    finally:
        device.stop()


def _print_test(device: Device, job: PrintJob) -> None:
    result = result_of(_do(device, Print(job), _PRINT_SECONDS))
    said = [f"{result.outcome}", f"proof: {result.proof}", *filter(None, [result.reason])]
    click.echo(f"test ticket   {', '.join(said)}")
    if result.outcome is not PrintOutcome.PRINTED:
        raise click.ClickException(result.detail or "the test ticket is not proven to be printed")


def _do(device: Device, command: Command[ResultT], seconds: float) -> Completion[ResultT]:
    done: queue.Queue[Completion[ResultT]] = queue.Queue()
    device.submit(command, done.put, timeout=seconds)
    return done.get()


@ticket.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--language", type=click.Choice(languages()), default="en", show_default=True)
@click.option("--paper", type=click.Choice(["80", "58"]), default="80", show_default=True)
@click.option(
    "--copy",
    type=click.IntRange(0, MAX_COPIES),
    default=0,
    help="Number of the copy; 0: the original.",
)
@click.option("--training", is_flag=True, help="With the mark of training mode.")
def draw(out: Path, language: str, paper: str, copy: int, training: bool) -> None:
    """Draw a specimen ticket as it comes out of a printer, as a PNG in the file OUT."""
    content = specimen.ticket(language, copy=copy, training=training)
    width = PaperWidth(int(paper))
    job = compose(content, width, artist())
    with VirtualPrinter(model=Model(paper=width), strict=True) as virtual:
        device = Device(
            "printer", create_driver(DeviceKind.PRINTER, f"{virtual.uri}?paper={paper}")
        )
        device.start()
        try:
            _print_test(device, job)
        finally:
            device.stop()
        virtual.tickets[0].image.save(out)
    click.echo(out)


def artist() -> "QtTicketArtist":
    """The artist, with the Qt application that it needs; no display is used."""
    from PySide6.QtGui import QGuiApplication

    from ui.ticket.artist import QtTicketArtist

    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _keep.append(QGuiApplication([]))
    return QtTicketArtist()


_keep: list[object] = []
"""Qt ends its application when Python forgets it."""
