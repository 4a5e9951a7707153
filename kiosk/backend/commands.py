"""Commands for staff: what the journal holds, and bringing open tickets to their end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from config.loading import Configuration, load
from config.report import ConfigError
from config.secrets import SecretError
from kiosk.backend.client import HallClient
from kiosk.backend.issuing import TicketIssuer
from kiosk.backend.journal import Journal, JournalEntry
from kiosk.backend.journal_error import JournalError
from kiosk.backend.recovery import recover
from kiosk.backend.steps import Actor, Step
from kiosk.config_commands import default_machine_file

_MEANING: Final = {
    Step.INTENT: "asked for; whether it was issued is not known",
    Step.REFUSED: "refused by the hall server",
    Step.ISSUED: "issued, not printed",
    Step.PRINT_SENT: "being printed",
    Step.PRINT_CONFIRMED: "printed, not taken yet",
    Step.PRINT_FAILED: "not printed",
    Step.PRINT_UNKNOWN: "printed or not, look into the slot",
    Step.TAKEN: "taken",
    Step.VOID: "void",
}
_RESOLVABLE: Final = {Step.PRINT_UNKNOWN, Step.PRINT_FAILED}

_config = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Settings of the machine; default as for `config check`.",
)


@click.group("journal")
def journal() -> None:
    """See what became of tickets, and resolve those that are open."""


@journal.command()
@_config
@click.option("--open", "only_open", is_flag=True, help="Only tickets without an end.")
@click.option("--steps", is_flag=True, help="Every step of each ticket.")
def show(config_file: Path | None, only_open: bool, steps: bool) -> None:
    """List tickets, the oldest first, with times of the hall and their distance from UTC."""
    with _opened(config_file) as (configuration, book):
        zone = ZoneInfo(configuration.hall.time_zone)
        entries = book.unresolved() if only_open else book.entries()
        for entry in entries:
            click.echo(_line(entry, zone))
            if steps:
                for step in entry.steps:
                    click.echo(
                        f"    {step.at.astimezone(zone).isoformat(' ', 'seconds')}  {step.step:16}"
                        f"{'' if not step.copy else f'COPY {step.copy}  '}"
                        f"{step.actor}{f'  {step.note}' if step.note else ''}"
                    )
        for report in book.rejected_reports():
            click.echo(
                f"{report.number}: the hall server refused '{report.state}': {report.rejected}"
            )
        if not entries:
            click.echo("no open tickets" if only_open else "no tickets")


@journal.command()
@_config
@click.argument("number")
@click.argument("outcome", type=click.Choice(["taken", "void"]))
def resolve(config_file: Path | None, number: str, outcome: str) -> None:
    """Say what became of ticket NUMBER (e.g. "A 012"), for which the machine does not know.

    taken: there was a ticket, and somebody has it. void: there was none, or it was thrown away;
    its number is given back to the hall server.
    """
    with _opened(config_file) as (configuration, book):
        entry = _find(book, number)
        if entry.last not in _RESOLVABLE:
            raise click.ClickException(f"{number} needs no resolving: {_MEANING[entry.last]}")
        if outcome == "void":
            book.record(entry.key, Step.VOID, actor=Actor.STAFF)
        elif entry.last is Step.PRINT_FAILED:
            raise click.ClickException(
                f"{number} did not come out of the printer; print it again at the kiosk, or void it"
            )
        else:
            book.record(entry.key, Step.PRINT_CONFIRMED, actor=Actor.STAFF)
            book.record(entry.key, Step.TAKEN, actor=Actor.STAFF)
        click.echo(f"{number}: {outcome}")
        left = TicketIssuer(_client(configuration), book).deliver_reports()
        if left:
            click.echo("the hall server cannot be reached; the kiosk tells it later")


@journal.command()
@_config
def settle(config_file: Path | None) -> None:
    """Settle what the machine can settle alone. Only while the kiosk is not running."""
    with _opened(config_file) as (configuration, book):
        result = recover(book, _client(configuration))
        click.echo(
            f"{result.voided} void, {result.taken} taken, {result.refused} refused, "
            f"{len(result.for_staff)} for staff, {len(result.waiting)} waiting for the hall server"
        )


def _line(entry: JournalEntry, zone: ZoneInfo) -> str:
    asked = entry.steps[0].at.astimezone(zone).isoformat(" ", "minutes")
    number = entry.ticket.number if entry.ticket else "-"
    copies = f", COPY {entry.last_copy}" if entry.last_copy else ""
    return f"{number:8}{asked}  {_MEANING[entry.last]}{copies}"


def _find(book: Journal, number: str) -> JournalEntry:
    """The newest ticket with a number, written in any way."""
    wanted = "".join(number.upper().split())
    found = [
        entry
        for entry in book.entries()
        if entry.ticket is not None and entry.ticket.number.replace(" ", "") == wanted
    ]
    if not found:
        raise click.ClickException(f"no ticket {number} in this journal")
    return found[-1]


@contextmanager
def _opened(config_file: Path | None) -> Iterator[tuple[Configuration, Journal]]:
    try:
        configuration = load(config_file or default_machine_file())
        path = configuration.settings.paths.journal
        if not path.exists():
            raise click.ClickException(f"there is no journal {path}")
        with Journal(path) as book:
            yield configuration, book
    except (ConfigError, JournalError, SecretError) as error:
        raise click.ClickException(str(error)) from None


def _client(configuration: Configuration) -> HallClient:
    return HallClient.from_settings(configuration.settings.backend, configuration.hall.id)
