"""Reading the configuration: the machine's file, its hall's profile, the service catalogue.

Everything that is wrong is told at once, one line per wrong key (`config.report`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.catalogue import Catalogue
from config.checks import check_catalogue, check_hall, check_server, check_settings
from config.files import FileReader
from config.hall_profile import HallProfile
from config.paths import resolve_paths
from config.report import ConfigError, did_you_mean
from config.server_settings import ServerSettings
from config.settings import MachineSettings

_PACKAGE: Final = Path(__file__).parent
CATALOGUE: Final = _PACKAGE / "services.toml"
HALLS: Final = _PACKAGE / "halls"
DEMO_MACHINE: Final = _PACKAGE / "machine.demo.toml"
DEMO_SERVER: Final = _PACKAGE / "server.demo.toml"
MACHINE: Final = Path("/etc/hall-kiosk/machine.toml")
"""Where a machine's own settings are, unless another file is named."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that a kiosk needs to know; every path in it is absolute."""

    settings: MachineSettings
    hall: HallProfile
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class ServerConfiguration:
    """All that a hall server needs to know; every path in it is absolute."""

    settings: ServerSettings
    halls: tuple[HallProfile, ...]
    catalogue: Catalogue


def load(path: Path) -> Configuration:
    """Read the configuration of a kiosk.

    Raises:
        ConfigError: with everything that is wrong in any of its files.
    """
    reader = FileReader()
    settings = reader.settings(MachineSettings, path)
    if settings is None:
        raise ConfigError(reader.problems)
    reader.problems += check_settings(settings, str(path))
    settings = resolve_paths(settings, path.parent.absolute())
    catalogue = _catalogue(reader, settings.kiosk.catalogue or CATALOGUE)
    hall = _hall(reader, settings.kiosk.hall, catalogue, named_in=(str(path), "kiosk.hall"))
    if reader.problems or catalogue is None or hall is None:
        raise ConfigError(reader.problems)
    return Configuration(settings, hall, catalogue)


def load_server(path: Path) -> ServerConfiguration:
    """Read the configuration of a hall server.

    Raises:
        ConfigError: with everything that is wrong in any of its files.
    """
    reader = FileReader()
    settings = reader.settings(ServerSettings, path)
    if settings is None:
        raise ConfigError(reader.problems)
    reader.problems += check_server(settings, str(path))
    settings = resolve_paths(settings, path.parent.absolute())
    catalogue = _catalogue(reader, settings.catalogue or CATALOGUE)
    halls = [
        _hall(reader, hall, catalogue, named_in=(str(path), "halls")) for hall in settings.halls
    ]
    found = tuple(hall for hall in halls if hall is not None)
    for hall_id in {hall.id for hall in found if sum(other.id == hall.id for other in found) > 1}:
        reader.add(str(path), "halls", f"two of the profiles have the id {hall_id!r}")
    if reader.problems or catalogue is None:
        raise ConfigError(reader.problems)
    return ServerConfiguration(settings, found, catalogue)


def load_catalogue(path: Path = CATALOGUE) -> Catalogue:
    """Read a service catalogue.

    Raises:
        ConfigError: with everything that is wrong with it.
    """
    reader = FileReader()
    catalogue = _catalogue(reader, path)
    if reader.problems or catalogue is None:
        raise ConfigError(reader.problems)
    return catalogue


def load_hall(hall: str, catalogue: Catalogue) -> HallProfile:
    """Read a hall's profile by the id of one that comes with the kiosk, or by its path.

    Raises:
        ConfigError: with everything that is wrong with it.
    """
    reader = FileReader()
    profile = _hall(reader, hall, catalogue, named_in=("", ""))
    if reader.problems or profile is None:
        raise ConfigError(reader.problems)
    return profile


def hall_ids() -> tuple[str, ...]:
    """The ids of the profiles that come with the kiosk."""
    return tuple(sorted(path.stem for path in HALLS.glob("*.toml")))


def _catalogue(reader: FileReader, path: Path) -> Catalogue | None:
    catalogue = reader.model(Catalogue, path)
    if catalogue is not None:
        reader.problems += check_catalogue(catalogue, str(path))
    return catalogue


def _hall(
    reader: FileReader, hall: str, catalogue: Catalogue | None, named_in: tuple[str, str]
) -> HallProfile | None:
    path = Path(hall) if hall.endswith(".toml") else HALLS / f"{hall}.toml"
    if path.parent == HALLS and not path.is_file():
        reader.add(
            *named_in,
            f"no profile {hall!r} comes with the kiosk; {did_you_mean(hall, hall_ids())} "
            "Or give the path of a .toml file",
        )
        return None
    profile = reader.model(HallProfile, path)
    if profile is not None and catalogue is not None:
        reader.problems += check_hall(profile, catalogue, str(path))
    return profile
