"""`hall-kiosk ticket`: keys of tickets' codes, and whether a code is genuine."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.codes.keys import KeyFileError, load_public_key, make_key_pair
from kiosk.codes.signed import InvalidCode, key_id
from kiosk.tickets.qr import verify


@click.group()
def ticket() -> None:
    """Draw and verify tickets."""


@ticket.command("verify")
@click.argument("code", required=False)
@click.option(
    "--key",
    "key_files",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Public key of the hall; may be given more than once.",
)
def verify_command(code: str | None, key_files: Sequence[Path]) -> None:
    """Tell whether a ticket's CODE is genuine, and what it says.

    Without CODE, one a line is read from standard input, as a scanner types them. Nothing is asked
    of any server.
    """
    try:
        keys = [load_public_key(path) for path in key_files]
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    codes = [code] if code is not None else (line.rstrip("\r\n") for line in sys.stdin)
    genuine = [_verify_one(text, keys) for text in codes if text]
    if not all(genuine):
        raise click.exceptions.Exit(1)


def _verify_one(code: str, keys: Sequence[Ed25519PublicKey]) -> bool:
    try:
        found = verify(code, keys)
    except InvalidCode as error:
        click.echo(f"NOT GENUINE: {error}")
        return False
    click.echo(
        f"genuine: {found.number}  hall {found.hall_id}  business date {found.business_date}  "
        f"issued {found.issued_at.astimezone():%Y-%m-%d %H:%M:%S %Z}"
    )
    return True


@ticket.command("keygen")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def keygen_command(directory: Path) -> None:
    """Make the key pair of a hall's tickets in DIRECTORY.

    ticket.key stays with whoever signs; ticket.pub goes to the desks' scanners.
    """
    directory.mkdir(parents=True, exist_ok=True)
    try:
        key = make_key_pair(directory / "ticket.key", directory / "ticket.pub")
    except KeyFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{directory / 'ticket.key'}, {directory / 'ticket.pub'}: key id "
        f"{key_id(key.public_key()).hex()}"
    )
