"""``hall-kiosk chip read``: read a document on a PC/SC reader, for integrators."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click

from devices.chip.access.credentials import CanCredentials, Credentials, MrzCredentials
from devices.chip.command_options import PATH, load_trust, now
from devices.chip.errors import ChipError
from devices.chip.guarded_transport import Direction, Trace
from devices.chip.pcsc import PcscReaders
from devices.chip.pki.trust_store import TrustStore
from devices.chip.procedure import read_chip
from devices.chip.reading import ChipReading, Hooks, OnStep, ReadRequest, Step
from devices.chip.reading_report import describe, table
from devices.documents.mrz import Mrz, MrzError, parse

_POLL_SECONDS: Final = 0.1
_STEPS: Final = {
    Step.CONNECT: "looking what the chip offers",
    Step.ACCESS: "opening the chip",
    Step.SECURITY_OBJECT: "reading the security object",
    Step.PROVE_CHIP: "proving the chip",
    Step.DATA: "reading the data",
    Step.VERIFY: "verifying",
}


@click.command()
@click.option(
    "--reader",
    default="",
    metavar="NAME",
    help="Reader whose name begins so; without it, the first one that has a document.",
)
@click.option(
    "--mrz",
    metavar="TEXT",
    help="The printed MRZ, its lines in one string or with line breaks; or only "
    "NUMBER,YYMMDD,YYMMDD (birth, expiry). With '-' it is read from standard input, and other "
    "users of the machine do not see it in the list of processes.",
)
@click.option("--can", metavar="DIGITS", help="The six-digit card access number.")
@click.option(
    "--trust",
    "trust_paths",
    multiple=True,
    metavar="PATH",
    type=PATH,
    help="Certificates, CRLs and master lists to trust: a file or folder; can be repeated.",
)
@click.option(
    "--dg",
    "data_groups",
    multiple=True,
    type=click.IntRange(1, 16),
    metavar="N",
    help="Read this data group as well and tell its length; can be repeated.",
)
@click.option("--wait", default=30.0, show_default=True, help="Seconds to wait for a document.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--full", is_flag=True, help="Show name, number and birth date in full.")
@click.option(
    "--trace",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every APDU to this file. It then holds personal data.",
)
def read(
    reader: str,
    mrz: str | None,
    can: str | None,
    trust_paths: tuple[Path, ...],
    data_groups: tuple[int, ...],
    wait: float,
    as_json: bool,
    full: bool,
    trace: Path | None,
) -> None:
    """Read the chip of the document on a reader and say what could be proven of it."""
    try:
        credentials, zone = _credentials(mrz, can)
        request = ReadRequest(
            credentials,
            _trust(trust_paths),
            now(),
            camera_zone=zone,
            data_groups=frozenset(data_groups),
        )
        with _tracing(trace) as on_apdu, _progress(quiet=as_json) as on_step:
            reading = _read(reader, wait, request, Hooks(on_step=on_step, trace=on_apdu))
    except ChipError as error:
        raise click.ClickException(str(error)) from error
    described = describe(reading, full=full)
    click.echo(json.dumps(described, indent=2, ensure_ascii=False) if as_json else table(described))


def _credentials(mrz: str | None, can: str | None) -> tuple[Credentials, Mrz | None]:
    if mrz is None and can is None:
        raise click.UsageError("give --mrz, or --can, or both")
    zone, mrz_credentials = None, None
    try:
        if mrz is not None:
            text = sys.stdin.read().strip() if mrz == "-" else mrz.strip()
            if text.count(",") == 2:
                mrz_credentials = MrzCredentials(*text.split(","))
            else:
                zone = parse(text.split() if len(text.split()) > 1 else text, today=now().date())
                mrz_credentials = MrzCredentials.of(zone)
        return Credentials(mrz_credentials, CanCredentials(can) if can else None), zone
    except MrzError as error:
        raise click.BadParameter(str(error), param_hint="--mrz") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _trust(paths: tuple[Path, ...]) -> TrustStore:
    if not paths:
        click.echo("without --trust, no signer is trusted", err=True)
        return TrustStore()
    loaded = load_trust(paths, now(), believe_lists=True)
    for note in loaded.notes:
        click.echo(note, err=True)
    return loaded.store


def _read(reader: str, wait: float, request: ReadRequest, hooks: Hooks) -> ChipReading:
    readers = PcscReaders(reader)
    try:
        connection = readers.connect(_reader_with_document(readers, reader, wait))
        try:
            return read_chip(connection, request, hooks)
        finally:
            connection.close()
    finally:
        readers.close()


def _reader_with_document(readers: PcscReaders, prefix: str, wait: float) -> str:
    names = readers.names()
    if not names:
        all_names = ", ".join(PcscReaders().names())
        raise click.ClickException(
            f"no reader is called {prefix}...; there are: {all_names}"
            if prefix and all_names
            else "there is no reader; is it plugged in, and does its driver know it?"
        )
    until = time.monotonic() + wait
    asked = False
    while True:
        for state in readers.states():
            if state.card_present:
                return state.name
        if time.monotonic() >= until:
            raise click.ClickException(f"no document was laid on the reader in {wait:g} s")
        if not asked:
            click.echo("lay the document on the reader", err=True)
            asked = True
        time.sleep(_POLL_SECONDS)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[OnStep]:
    if quiet:
        yield lambda _step, _fraction: None
        return
    bar = click.progressbar(length=1000, item_show_func=lambda text: text or "", file=sys.stderr)
    done = 0

    def on_step(step: Step, fraction: float) -> None:
        nonlocal done
        now = round(fraction * 1000)
        bar.update(now - done, _STEPS[step])
        done = now

    with bar:
        yield on_step


@contextmanager
def _tracing(path: Path | None) -> Iterator[Trace | None]:
    if path is None:
        yield None
        return
    click.echo(
        f"{path} will hold everything that passes between reader and chip, personal data and keys "
        "included; delete it when it has served",
        err=True,
    )
    path.touch(mode=0o600)
    path.chmod(0o600)  # of a file that was there before, too
    with path.open("w", encoding="ascii") as file:
        yield lambda direction, data: _write(file, direction, data)


def _write(file: IO[str], direction: Direction, data: bytes) -> None:
    file.write(f"{direction.value} {data.hex().upper()}\n")
