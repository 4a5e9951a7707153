"""Reading the configuration: the machine's file, its hall's profile, the service catalogue.

Everything that is wrong is told at once, one line per wrong key (`config.report`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from config.catalogue import Catalogue
from config.checks import check_catalogue, check_hall, check_server, check_settings
from config.files import FileReader
from config.hall_profile import ALWAYS_OPEN, HallProfile
from config.report import ConfigError, Problem, did_you_mean
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


LookOutside = Callable[[Mapping[str, Any], str], Iterable[Problem]]


def _look_nowhere(_known: Mapping[str, Any], _source: str) -> Iterable[Problem]:
    return ()


def load(path: Path, look_outside: LookOutside = _look_nowhere) -> Configuration:
    """Read the configuration of a kiosk.

    Args:
        path: the machine's file.
        look_outside: finds more that is wrong with the keys that are right in themselves, e.g. a
            file that is not there; called with them, every path absolute, and the file's name.

    Raises:
        ConfigError: with everything that is wrong in any of its files.
    """
    reader = FileReader()
    settings, known = reader.settings(MachineSettings, path)
    reader.problems += check_settings(known, str(path))
    reader.problems += look_outside(known, str(path))
    catalogue = _named_catalogue(reader, known, "kiosk.catalogue")
    hall = None
    if name := known.get("kiosk.hall"):
        hall = _hall(reader, name, catalogue, named_in=(str(path), "kiosk.hall"))
    if reader.problems or settings is None or catalogue is None or hall is None:
        raise ConfigError(reader.problems)
    if settings.kiosk.ignore_opening_hours:
        hall = hall.model_copy(update={"opening_hours": ALWAYS_OPEN})
    return Configuration(settings, hall, catalogue)


def load_server(path: Path, look_outside: LookOutside = _look_nowhere) -> ServerConfiguration:
    """Read the configuration of a hall server.

    Args:
        path: the server's file.
        look_outside: as for `load`.

    Raises:
        ConfigError: with everything that is wrong in any of its files.
    """
    reader = FileReader()
    settings, known = reader.settings(ServerSettings, path)
    names = known.get("halls", ())
    reader.problems += check_server(names, str(path))
    reader.problems += look_outside(known, str(path))
    catalogue = _named_catalogue(reader, known, "catalogue")
    halls = [_hall(reader, hall, catalogue, named_in=(str(path), "halls")) for hall in names]
    found = tuple(hall for hall in halls if hall is not None)
    for hall_id in {hall.id for hall in found if sum(other.id == hall.id for other in found) > 1}:
        reader.add(str(path), "halls", f"two of the profiles have the id {hall_id!r}")
    if reader.problems or settings is None or catalogue is None:
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


def _named_catalogue(reader: FileReader, known: Mapping[str, Any], key: str) -> Catalogue | None:
    """The catalogue that a key names, or the one that comes with the kiosk."""
    return _catalogue(reader, known[key] or CATALOGUE) if key in known else None


def _catalogue(reader: FileReader, path: Path) -> Catalogue | None:
    catalogue, _ = reader.model(Catalogue, path)
    if catalogue is not None:
        reader.problems += check_catalogue(catalogue, str(path))
    return catalogue


def _hall(
    reader: FileReader, hall: str, catalogue: Catalogue | None, named_in: tuple[str, str]
) -> HallProfile | None:
    path = Path(hall) if hall.endswith(".toml") else HALLS / f"{hall}.toml"
    if path.parent == HALLS and not path.is_file():
        hint = did_you_mean(hall, hall_ids())
        reader.add(
            *named_in,
            f"no profile {hall!r} comes with the kiosk; {hint}{'' if hint.endswith('?') else '.'} "
            "Or give the path of a .toml file",
        )
        return None
    profile, known = reader.model(HallProfile, path)
    reader.problems += check_hall(known, catalogue, str(path))
    return profile
