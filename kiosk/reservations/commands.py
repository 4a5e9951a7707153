"""`hall-kiosk reservation`: sign reservation codes, and see whether one is genuine."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.codes.keys import KeyFileError, load_private_key, load_public_key, make_key_pair
from kiosk.codes.signed import InvalidCode, key_id
from kiosk.reservations.acceptance import Refusal, out_of_time
from kiosk.reservations.qr import SignedReservation, sign, verify

_FILE = click.Path(path_type=Path, dir_okay=False)
_SAID_OF = {None: "genuine", Refusal.EXPIRED: "EXPIRED", Refusal.NOT_YET: "NOT YET VALID"}
_DAY = click.DateTime(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"])


@click.group(short_help="Sign and verify the codes of reservations.")
def reservation() -> None:
    """Sign and verify the codes of reservations."""


@reservation.command("sign")
@click.argument("code", required=False)
@click.option("--key", "key_file", required=True, type=_FILE, help="Private key that signs.")
@click.option(
    "--expires",
    required=True,
    type=_DAY,
    help="When it ends, local time; a day alone counts to its end.",
)
def sign_command(code: str | None, key_file: Path, expires: datetime) -> None:
    """Print the signed form of a reservation's CODE, the text for its QR code.

    Without CODE, one a line is read from standard input, as a reservation system's batch.
    """
    try:
        key = load_private_key(key_file)
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    if expires == expires.replace(hour=0, minute=0):
        expires += timedelta(days=1)
    for text in _given(code):
        try:
            signed = SignedReservation(text, datetime.now(UTC), expires.astimezone(UTC))
            click.echo(sign(signed, key))
        except ValueError as error:
            raise click.ClickException(str(error)) from error


@reservation.command("verify")
@click.argument("code", required=False)
@click.option(
    "--key",
    "key_files",
    multiple=True,
    required=True,
    type=_FILE,
    help="Public key of whoever signs; may be given more than once.",
)
def verify_command(code: str | None, key_files: Sequence[Path]) -> None:
    """Tell whether a reservation's signed CODE is genuine, and valid now.

    Without CODE, one a line is read from standard input, as a scanner types them. Nothing is asked
    of any server. Ends with status 1 unless every code would be taken.
    """
    try:
        keys = [load_public_key(path) for path in key_files]
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    taken = [_verify_one(text, keys) for text in _given(code)]
    if not all(taken):
        raise click.exceptions.Exit(1)


def _verify_one(text: str, keys: Sequence[Ed25519PublicKey]) -> bool:
    try:
        found = verify(text, keys)
    except InvalidCode as error:
        click.echo(f"NOT GENUINE: {error}")
        return False
    refusal = out_of_time(found, datetime.now(UTC))
    times = "  ".join(
        f"{word} {time.astimezone():%Y-%m-%d %H:%M:%S %Z}"
        for word, time in (("issued", found.issued_at), ("expires", found.expires_at))
    )
    click.echo(f"{_SAID_OF[refusal]}: {found.code}  {times}")
    return refusal is None


@reservation.command("keygen")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def keygen_command(directory: Path) -> None:
    """Make a key pair for reservation codes in DIRECTORY.

    reservation.key stays with the reservation system; reservation.pub goes to the kiosks
    ([reservations] keys).
    """
    private, public = directory / "reservation.key", directory / "reservation.pub"
    directory.mkdir(parents=True, exist_ok=True)
    try:
        key = make_key_pair(private, public)
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{private}, {public}: key id {key_id(key.public_key()).hex()}")


def _given(code: str | None) -> list[str]:
    """The argument, or the lines of standard input; blanks and line ends around do not count."""
    lines = [code] if code is not None else sys.stdin
    return [text for line in lines if (text := line.strip())]
