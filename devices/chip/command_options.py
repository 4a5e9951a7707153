"""What the commands of chips, trust and PKI have in common."""

from datetime import UTC, datetime
from pathlib import Path

import click

from devices.chip.errors import ChipError
from devices.chip.pki import sources
from devices.chip.pki.sources import Loaded

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PATH = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class CannotDo(click.ClickException):
    """A problem with what the command was given; status 2, as for its usage."""

    exit_code = 2


class Moment(click.ParamType[datetime]):
    """A date, or a date and time, in UTC where it has no zone (ISO 8601)."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date such as 2026-11-21 or 2026-11-21T09:30", param, ctx)
        return found if found.tzinfo else found.replace(tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


def load_trust(paths: tuple[Path, ...], at: datetime, *, believe_lists: bool) -> Loaded:
    """A trust store from the command line; raises CannotDo with what is wrong."""
    try:
        return sources.load(paths, at, believe_lists=believe_lists, keep_document_signers=True)
    except ChipError as error:
        raise CannotDo(str(error)) from None


def read_file(path: Path) -> bytes:
    """A file's bytes; raises CannotDo where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotDo(f"{path}: cannot be read: {error.strerror}") from None
