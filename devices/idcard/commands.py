"""Command line for ID-card readers: `hall-kiosk idcard ...`."""

import dataclasses
import json
import sys
import threading
from contextlib import suppress
from pathlib import Path

import click

from devices.command import Completion, CompletionCode
from devices.control import answer
from devices.documents.identity import Identity, PartialDate
from devices.documents.masking import mask_birth_date, mask_identity_name, mask_number
from devices.event import DeviceEvent, MediaInserted, StatusChanged
from devices.idcard.cards import CardKind
from devices.idcard.contract import IdCardReading, ReadIdCard, ReadSamInfo
from devices.idcard.virtual.card_files import CardFileError, load, names
from devices.idcard.virtual.station import VirtualIdCardReader
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.status import DeviceState
from devices.worker import Device

KIND_NAMES = {
    CardKind.PERMANENT_RESIDENT_2017: "foreigner's permanent resident ID card of 2017",
    CardKind.PERMANENT_RESIDENT_2023: "foreigner's permanent resident ID card of 2023",
    CardKind.HMT_RESIDENCE_PERMIT: "residence permit for Hong Kong, Macao and Taiwan residents",
    CardKind.CITIZEN: "citizen's ID card",
}

READ_SECONDS = 10.0

_QUIET = {DeviceState.ONLINE, DeviceState.OFFLINE}
"""What the reader's status may be without the integrator being told."""

PORT = click.option(
    "--port", required=True, help="Serial port, e.g. /dev/ttyUSB0, or a device URI."
)


@click.group()
def idcard() -> None:
    """Read foreigners' permanent resident cards."""


@idcard.command()
@PORT
@click.option("--wait", default=30.0, show_default=True, help="Seconds to wait for a card.")
@click.option("--full", is_flag=True, help="Show name, number and birth date in full.")
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
def read(port: str, wait: float, full: bool, as_json: bool) -> None:
    """Wait for a card and show what it says.

    Ends with 0 for a foreigner's card, 3 for a card of the wrong type, 1 for any error.
    """
    placed = threading.Event()

    def listener(event: DeviceEvent) -> None:
        if isinstance(event, MediaInserted):
            placed.set()
        elif isinstance(event, StatusChanged) and event.status.device not in _QUIET:
            click.echo(f"reader: {event.status.detail}", err=True)

    device = _device(port)
    device.subscribe(listener)
    with device:
        click.echo("Place a card on the reader.", err=True)
        if not placed.wait(wait):
            raise click.ClickException(
                f"no card was placed within {wait:g} s; one that lies there has to be lifted first"
            )
        completion = device.call(ReadIdCard(), timeout=READ_SECONDS)
    if completion.result is None:
        raise click.ClickException(_what_failed(completion))
    reading = completion.result
    click.echo(_json(reading, full=full) if as_json else "\n".join(_lines(reading, full=full)))
    if reading.wrong_card:
        sys.exit(3)


@idcard.command()
@PORT
def sam(port: str) -> None:
    """Check the reader's security module and show its number."""
    with _device(port) as device:
        completion = device.call(ReadSamInfo(), timeout=READ_SECONDS)
    if completion.result is None:
        raise click.ClickException(_what_failed(completion))
    click.echo(completion.result.sam_id)


@idcard.command()
def cards() -> None:
    """List the invented cards that come with the simulator."""
    for name in names():
        click.echo(f"{name:28} {KIND_NAMES[load(name).KIND]}")


@idcard.command()
@click.option("--card", help="Card file, or the name of a card that comes with the simulator.")
@click.option("--port", type=click.Path(path_type=Path), help="What the serial port is called.")
@click.option("--control", type=click.IntRange(0, 65535), help="TCP port that takes verbs, too.")
def simulate(card: str | None, port: Path | None, control: int | None) -> None:
    """Be an ID-card reader on a pseudo-terminal, with the card on it, until the input ends.

    Lines of the standard input are verbs:

    \b
    place CARD, lift         place a card, take it away
    unplug, plug             make the port disappear and come back
    refuse SW3               answer with this status, e.g. refuse 41
    slow SECONDS             answer late
    silent, half             answer nothing, or half a frame
    noise, checksum, length, drip
                             garbage first, wrong checksum, wrong length, byte by byte
    lift-midway              lift the card while it is read
    clear, status            end all faults, say what is going on

    A fault lasts until it is cleared, or as often as it says, and may name the command that it is
    for: "once silent read", "3 times refuse 80 find".
    """  # noqa: D301 -- the backspace is click's mark of a text that keeps its lines
    try:
        virtual = VirtualIdCardReader(port=port, control=control)
        if card is not None:
            virtual.reader.place(load(card))
        virtual.start()
    except CardFileError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot start the reader: {error}") from None
    try:
        click.echo(f"serial:{virtual.port}")
        if virtual.control_port is not None:
            click.echo(f"verbs on TCP port {virtual.control_port}")
        with suppress(KeyboardInterrupt):
            for line in sys.stdin:
                if text := line.strip():
                    click.echo(answer(text, virtual.do, virtual.describe))
    finally:
        virtual.stop()


def _device(port: str) -> Device:
    """The reader at a port, not started yet."""
    uri = port if ":" in port else f"serial:{port}"
    try:
        driver = create_driver(DeviceKind.ID_CARD_READER, uri)
    except UnknownDeviceUri as error:
        raise click.BadParameter(str(error), param_hint="--port") from None
    return Device("idcard", driver)


def _what_failed(completion: Completion[object]) -> str:
    code = completion.error_code or completion.code.value
    if completion.code is CompletionCode.TIME_OUT:
        return f"{code}: the reader did not finish within {READ_SECONDS:g} s"
    return f"{code}: {completion.detail}"


def _lines(reading: IdCardReading, *, full: bool) -> list[str]:
    lines = [KIND_NAMES[reading.kind]]
    if (identity := reading.identity) is None:
        return [*lines, "This hall does not serve its holder; nothing else was read."]
    lines += [f"{name + ':':16} {value}" for name, value in _values(identity, full=full).items()]
    return lines


def _values(identity: Identity, *, full: bool) -> dict[str, str]:
    name = ", ".join(filter(None, (identity.primary_identifier, identity.secondary_identifier)))
    birth = identity.birth_date
    return {
        "name": name if full else mask_identity_name(identity),
        "number": identity.document_number if full else mask_number(identity.document_number),
        "earlier number": ", ".join(
            number if full else mask_number(number) for number in identity.alternate_numbers
        )
        or "none",
        "nationality": identity.nationality,
        "born": _date(birth) if full else mask_birth_date(birth),
        "sex": identity.sex.value,
        "valid until": str(identity.expiry_date or "long-term"),
        "proof": "; ".join(identity.proof.reasons),
    }


def _date(value: PartialDate) -> str:
    parts = (value.year, value.month, value.day)
    return "-".join(f"{part:02}" for part in parts if part is not None)


def _json(reading: IdCardReading, *, full: bool) -> str:
    identity = reading.identity
    shown = None if identity is None else _values(identity, full=full)
    if identity is not None and full:
        shown = dataclasses.asdict(identity)
    return json.dumps(
        {"kind": reading.kind, "identity": shown}, ensure_ascii=False, indent=2, default=str
    )
