"""Paths in settings are relative to the file that they are written in."""

from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

_Model = TypeVar("_Model", bound=BaseModel)

_SQLITE: Final = "sqlite:///"


def resolve_paths(settings: _Model, folder: Path) -> _Model:
    """The same settings with every path made absolute, seen from a folder."""
    changed = {
        name: resolve_path(getattr(settings, name), folder) for name in type(settings).model_fields
    }
    return settings.model_copy(update=changed)


def resolve_path(value: Any, folder: Path) -> Any:
    """A value of settings with every path in it made absolute, seen from a folder."""
    match value:
        case Path():
            return folder / value.expanduser()
        case BaseModel():
            return resolve_paths(value, folder)
        case tuple():
            return tuple(resolve_path(part, folder) for part in value)
        case str() if value.endswith(".toml"):
            return str(folder / value)
        case str() if value.startswith(_SQLITE) and value != _SQLITE:
            return _SQLITE + str(folder / Path(value.removeprefix(_SQLITE)).expanduser())
    return value
