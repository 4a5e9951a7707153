"""``hall-kiosk chip simulate``: a virtual document on a reader of the real pcscd."""

import sys
from contextlib import suppress
from pathlib import Path

import click

from devices.chip.errors import ChipError
from devices.chip.pki import specimen_pki
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.virtual.document import find_specimen
from devices.chip.virtual.operator import VERBS, Operator
from devices.chip.virtual.transport import PROFILES
from devices.chip.virtual.vpcd import DEFAULT_PORT, VpcdSlot
from devices.control import ControlPort, UnknownVerb, answer
from devices.documents.specimen import Specimen, SpecimenError
from devices.documents.specimen_zone import zone_lines


@click.command(epilog=f"Verbs: {VERBS}.")
@click.option(
    "--document",
    required=True,
    metavar="FILE",
    help="The document: a JSON file, or the name of a specimen that comes with the kiosk.",
)
@click.option(
    "--vpcd",
    default=f"127.0.0.1:{DEFAULT_PORT}",
    show_default=True,
    metavar="HOST:PORT",
    help="Where the virtual reader listens.",
)
@click.option(
    "--pki",
    "pki_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Issuers made with 'hall-kiosk pki create'; without, new ones that nobody trusts.",
)
@click.option("--latency", default="none", show_default=True, type=click.Choice(list(PROFILES)))
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="VERB",
    help="A fault from the start, e.g. 'tear 5' or 'reply 3 6982'; can be repeated.",
)
@click.option("--control", type=int, metavar="PORT", help="Take verbs on this TCP port as well.")
def simulate(
    document: str,
    vpcd: str,
    pki_folder: Path | None,
    latency: str,
    faults: tuple[str, ...],
    control: int | None,
) -> None:
    """Lay a virtual document on a virtual reader, until the input ends.

    Lines of the standard input are verbs that lay documents down, take them away and make things
    go wrong.
    """
    slot = _slot(vpcd)
    try:
        pki = specimen_pki.load(pki_folder) if pki_folder else SpecimenPki()
        operator = Operator(slot, pki, latency)
        for fault in faults:
            operator.do(fault)
        specimen = find_specimen(document)
        operator.insert(specimen)
    except (ChipError, SpecimenError, UnknownVerb) as error:
        raise click.ClickException(str(error)) from error
    try:
        _tell(specimen)
        _serve(operator, control)
    finally:
        slot.remove()


def _slot(vpcd: str) -> VpcdSlot:
    host, _, port = vpcd.rpartition(":")
    if not host or not port.isdigit():
        raise click.BadParameter("should be HOST:PORT", param_hint="--vpcd")
    return VpcdSlot(host, int(port))


def _tell(specimen: Specimen) -> None:
    click.echo(f"{specimen.name} lies on the reader; what opens it:")
    for line in zone_lines(specimen.document):
        click.echo(f"  {line}")
    if specimen.document.can:
        click.echo(f"  CAN {specimen.document.can}")


def _serve(operator: Operator, control: int | None) -> None:
    port = None
    if control is not None:
        try:
            port = ControlPort("127.0.0.1", control, operator.do, operator.describe)
        except OSError as error:
            raise click.ClickException(f"cannot take port {control}: {error}") from error
        port.start()
    try:
        with suppress(KeyboardInterrupt):
            for line in sys.stdin:
                if text := line.strip():
                    click.echo(answer(text, operator.do, operator.describe))
    finally:
        if port is not None:
            port.stop()
