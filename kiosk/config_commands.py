"""Commands about the configuration: check it, give its schema to editors."""

import json
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click
from pydantic import BaseModel

from config.catalogue import Catalogue
from config.hall_profile import HallProfile
from config.loading import (
    DEMO_MACHINE,
    MACHINE,
    load,
    load_catalogue,
    load_hall,
    load_server,
)
from config.report import ConfigError, Problem
from config.secrets import SecretError, read_secret, read_tokens
from config.server_settings import ServerSettings
from config.settings import MachineSettings
from devices.registry import DeviceKind, UnknownDeviceUri, check_device
from kiosk.codes.keys import KeyFileError, load_private_key, load_public_key

_SCHEMAS: Final[dict[str, type[BaseModel]]] = {
    "machine": MachineSettings,
    "hall": HallProfile,
    "catalogue": Catalogue,
    "server": ServerSettings,
}


@click.group("config")
def config() -> None:
    """Check the configuration, and describe it to editors."""


@config.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def check(file: Path | None) -> None:
    """Check FILE: a machine's settings, a hall's profile, a catalogue or a server's settings.

    Everything that is wrong is told, one line each. Without FILE: the file that $HALL_KIOSK_CONFIG
    names, else /etc/hall-kiosk/machine.toml, else the demonstration's.
    """
    file = file or default_machine_file()
    try:
        summary = _check(file)
    except ConfigError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        count = len(error.problems)
        raise click.ClickException(f"{count} problem{'s' if count > 1 else ''} found") from None
    click.echo(f"{file}: {summary}: good")


@config.command()
@click.argument("what", type=click.Choice(tuple(_SCHEMAS)), default="machine")
def schema(what: str) -> None:
    """Print the JSON Schema of WHAT, for editors that complete and check TOML."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_SCHEMAS[what].model_json_schema(),
    }
    click.echo(json.dumps(described, indent=2, ensure_ascii=False))


def default_machine_file() -> Path:
    """The machine's settings file when none is named."""
    if named := os.environ.get("HALL_KIOSK_CONFIG"):
        return Path(named)
    return MACHINE if MACHINE.exists() else DEMO_MACHINE


def machine_problems(known: Mapping[str, Any], source: str) -> Iterator[Problem]:
    """What is wrong outside a machine's file: URIs that no driver takes, keys that are not there.

    Args:
        known: the keys that are right in themselves, by path.
        source: what to call the file.
    """
    for kind in DeviceKind:
        if uri := known.get(f"devices.{kind}"):
            try:
                check_device(kind, uri)
            except UnknownDeviceUri as error:
                yield Problem(source, f"devices.{kind}", str(error))
    yield from _secret_problems(
        known,
        source,
        {
            "backend.document_key_file": read_secret,
            "backend.token_file": read_tokens,
        },
    )
    if ticket_key_file := known.get("backend.ticket_key_file"):
        try:
            load_private_key(ticket_key_file)
        except KeyFileError as error:
            yield Problem(source, "backend.ticket_key_file", str(error))
    for path in known.get("reservations.keys", ()):
        try:
            load_public_key(path)
        except KeyFileError as error:
            yield Problem(source, "reservations.keys", str(error))
    if (ca_file := known.get("backend.ca_file")) and not ca_file.is_file():
        yield Problem(
            source, "backend.ca_file", f"{ca_file} does not exist; add it or leave it out"
        )
    for store in known.get("trust.stores", ()):
        if not store.exists():
            yield Problem(source, "trust.stores", f"{store} does not exist; add it or leave it out")


def server_problems(known: Mapping[str, Any], source: str) -> Iterator[Problem]:
    """What is wrong outside a hall server's file; arguments as for `machine_problems`."""
    readers = {"token_file": read_tokens, "document_key_file": read_secret}
    yield from _secret_problems(known, source, readers)


def _secret_problems(
    known: Mapping[str, Any], source: str, readers: Mapping[str, Callable[[Path], object]]
) -> Iterator[Problem]:
    for key, read in readers.items():
        if path := known.get(key):
            try:
                read(path)
            except SecretError as error:
                yield Problem(source, key, str(error))


def _check(file: Path) -> str:
    """Check a file as what its keys say that it is; a summary of what it configures."""
    match _kind(file):
        case "hall":
            hall = load_hall(str(file), load_catalogue())
            return f"hall profile {hall.id}, {len(hall.desks)} desks, {len(hall.services)} services"
        case "catalogue":
            return f"catalogue of {len(load_catalogue(file).services)} services"
        case "server":
            halls = load_server(file, server_problems).halls
            return f"server for {', '.join(hall.id for hall in halls)}"
    configuration = load(file, machine_problems)
    settings = configuration.settings
    return (
        f"kiosk {settings.kiosk.id} of hall {configuration.hall.id}, "
        f"devices {', '.join(settings.devices.fitted())}"
    )


def _kind(file: Path) -> str:
    try:
        keys = tomllib.loads(file.read_text(encoding="utf-8")).keys()
    except (OSError, ValueError):
        return "machine"  # whose loader tells what is wrong with the file
    if keys & {"zones", "desks", "opening_hours"}:
        return "hall"
    if keys & {"halls", "database"}:
        return "server"
    return "catalogue" if keys == {"services"} else "machine"
