"""`hall-kiosk printer`: simulate a printer."""

import logging
from pathlib import Path

import click

from devices.printer.virtual import VirtualPrinter
from devices.printer.virtual.model import MODELS


@click.group()
def printer() -> None:
    """Try and simulate ticket printers."""


@printer.command()
@click.option("--port", default=9100, show_default=True, help="TCP port to print to; 0: any.")
@click.option("--pty", type=click.Path(path_type=Path), help="Serial device to make, instead.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the tickets, a PNG each.",
)
@click.option("--control", type=int, help="TCP port that takes faults as verbs, one a line.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--model", type=click.Choice(sorted(MODELS)), default="tm-t88vi", show_default=True)
@click.option("--strict", is_flag=True, help="Stop at what no printer would accept.")
def simulate(
    port: int,
    pty: Path | None,
    out: Path,
    control: int | None,
    host: str,
    model: str,
    strict: bool,
) -> None:
    """Be a printer that draws its tickets as pictures, until interrupted.

    Verbs on the control port: paper full|low|out, cover open|close, cutter, jam, clear, head
    hot|cool, fatal, offline, online, silent, answer, busy, ready, garbage [on|off], drop, power
    cycle, brown out, status; and "after N mm|bytes|cuts|replies VERB".
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    virtual = VirtualPrinter(
        port, out, control=control, pty=pty, model=MODELS[model], strict=strict, host=host
    )
    try:
        virtual.start()
    except OSError as error:
        raise click.ClickException(
            f"cannot listen: {error.strerror}; choose another --port, --control or --pty"
        ) from error
    try:
        _report(virtual)
    except KeyboardInterrupt:
        click.echo("stopped")
    finally:
        virtual.stop()


def _report(virtual: VirtualPrinter) -> None:
    """Say where the printer is, and every ticket as it comes out."""
    click.echo(f"printer: {virtual.uri}")
    if virtual.control_port is not None:
        click.echo(f"control: port {virtual.control_port}, try: status")
    seen = 0
    while True:
        for ticket in virtual.wait_for_tickets(seen + 1, 1.0)[seen:]:
            seen += 1
            click.echo(f"{'cut' if ticket.cut else 'torn off'}: {ticket.path}")
