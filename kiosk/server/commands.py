"""Commands of the hall server: run it, seed it, look after a ticket."""

import logging
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from config.hall_profile import HallProfile
from config.loading import DEMO_SERVER, ServerConfiguration, load_server
from config.report import ConfigError
from config.secrets import SecretError, read_secret, read_tokens
from devices.documents.specimen import load_all
from kiosk.backend.document_key import document_key
from kiosk.hall.appointments import Timeliness, timeliness
from kiosk.hall.model import Reservation, TicketState
from kiosk.server.clock import system_clock
from kiosk.server.hall import Hall
from kiosk.server.hall_server import HallServer
from kiosk.server.problem import ProblemError
from kiosk.server.seeding import (
    Booking,
    Seeded,
    Visitor,
    open_all_desks,
    seed_queue,
    seed_reservations,
)
from kiosk.server.tickets import find_tickets, report

_config = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DEMO_SERVER,
    show_default=True,
    envvar="HALL_SERVER_CONFIG",
    help="Settings of the server.",
)

_hall = click.option("--hall", "hall_id", help="Id of the hall; default: the first.")


@click.group("server")
def server() -> None:
    """Run the reference hall server."""


@server.command()
@_config
@click.option("--port", type=click.IntRange(0, 65535), help="Another port; 0: any free one.")
def run(config_file: Path, port: int | None) -> None:
    """Serve until interrupted."""
    configuration = _load(config_file)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    hall_server = _make(configuration, port)
    # SIGTERM ends the server as Ctrl-C does, with its requests answered
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with hall_server:
            click.echo(f"serving {', '.join(hall_server.halls)} at {hall_server.url}")
            hall_server.wait()
    except KeyboardInterrupt:
        click.echo("stopped")
    except OSError as error:
        raise click.ClickException(f"cannot listen: {error.strerror or error}") from None


@server.command()
@_config
@_hall
@click.option("--queue", default=6, show_default=True, help="Walk-ins who take tickets.")
def seed(config_file: Path, hall_id: str | None, queue: int) -> None:
    """Make up reservations for the specimen documents, open all desks, let walk-ins take tickets.

    What is made up is relative to the present time, so seed again before each demonstration.
    """
    configuration = _load(config_file)
    if configuration.settings.document_key_file is None:
        raise click.ClickException(f"{config_file}: document_key_file: is needed to seed")
    try:
        secret = read_secret(configuration.settings.document_key_file)
    except SecretError as error:
        raise click.ClickException(str(error)) from None
    visitors = {
        name: Visitor(
            Booking(specimen.visit.value),
            (document_key(secret, specimen.document.issuing_state, specimen.document.number),),
        )
        for name, specimen in load_all().items()
    }
    visitors["with a code only"] = Visitor(Booking.BOOKED)
    with _offline(configuration, hall_id) as (hall_server, hall):
        if len(hall_server.halls) == 1:
            for name in _booked_elsewhere(visitors):
                del visitors[name]
                click.echo(f"{name}: nothing, since the server has no other hall to book")
        now = hall_server.clock()
        made = seed_reservations(hall_server, hall.id, [*visitors.values()], now)
        open_all_desks(hall_server, hall.id, now)
        seed_queue(hall_server, hall.id, queue, now)
    for (name, visitor), reservations in zip(visitors.items(), made, strict=True):
        for seeded in reservations:
            click.echo(
                f"{name}: {', '.join(seeded.service_ids)} at {seeded.hall_id}, "
                f"{seeded.starts_at:%Y-%m-%d %H:%M}, code {seeded.code}"
                f"{_near_midnight(visitor.booking, seeded, hall.profile, now)}"
            )


@server.command()
@_config
@_hall
@click.argument("number")
@click.option("--void", is_flag=True, help="Make it void: it was lost, or nobody wants it.")
def ticket(config_file: Path, hall_id: str | None, number: str, void: bool) -> None:
    """Say what has become of today's ticket NUMBER (e.g. "A 012"), or make it void.

    Who had it can then check in again. It works while the server runs, on the server's computer.
    """
    with _offline(_load(config_file), hall_id) as (hall_server, hall):
        now = hall_server.clock()
        with hall_server.database.writing() as session:
            try:
                (found,) = find_tickets(session, hall, number, now)
            except ValueError:
                raise click.ClickException(f"no ticket {number} today at {hall.id}") from None
            if void:
                try:
                    report(session, hall, found.id, TicketState.VOID, now)
                except ProblemError as error:
                    raise click.ClickException(f"{found.number}: {found.state}: {error}") from None
                click.echo(f"{found.number}: void")
            else:
                where = f"desk {found.desk_id}" if found.desk_id else f"zone {found.zone_id}"
                click.echo(
                    f"{found.number}: {found.state}, {', '.join(found.service_ids)}, {where}, "
                    f"issued {found.issued_at.isoformat(' ', 'minutes')}"
                )


def _booked_elsewhere(visitors: Mapping[str, Visitor]) -> list[str]:
    return [name for name, one in visitors.items() if one.booking is Booking.OTHER_HALL]


def _near_midnight(booking: Booking, seeded: Seeded, profile: HallProfile, now: datetime) -> str:
    """A word where the day has no time that is late or early enough."""
    wanted = {Booking.LATE: Timeliness.LATE, Booking.EARLY: Timeliness.EARLY}.get(booking)
    moment = seeded.starts_at
    made = Reservation(seeded.reservation_id, seeded.hall_id, seeded.service_ids, moment, moment)
    if wanted is None or timeliness(made, profile, now) is wanted:
        return ""
    return f" (so near midnight nobody is too {wanted.value} today)"


def _load(config_file: Path) -> ServerConfiguration:
    try:
        return load_server(config_file)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _offline(
    configuration: ServerConfiguration, hall_id: str | None
) -> Iterator[tuple[HallServer, Hall]]:
    """The server without its interface, and one of its halls, the first by default."""
    hall_server = _make(configuration, None)
    try:
        hall = hall_server.halls.get(hall_id or configuration.halls[0].id)
        if hall is None:
            halls = ", ".join(hall_server.halls)
            raise click.ClickException(f"no hall {hall_id!r}; there are {halls}")
        yield hall_server, hall
    finally:
        hall_server.close()


def _make(configuration: ServerConfiguration, port: int | None) -> HallServer:
    settings = configuration.settings
    try:
        tokens = read_tokens(settings.token_file) if settings.token_file else ()
    except SecretError as error:
        raise click.ClickException(str(error)) from None
    try:
        return HallServer(
            configuration.halls,
            configuration.catalogue,
            settings.database,
            settings.port if port is None else port,
            host=settings.host,
            tokens=tokens,
            clock=system_clock,
        )
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"database: its driver {error.name} is not installed; install it, "
            "e.g. pip install '.[postgresql]' in the checkout for postgresql+psycopg://"
        ) from None
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise click.ClickException(f"database: cannot be used: {reason}") from None
