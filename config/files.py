"""Reading one TOML file into one model, gathering what is wrong."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsError

from config.paths import resolve_path, resolve_paths
from config.report import Problem, did_you_mean, problems_of
from config.settings import ENVIRONMENT_DELIMITER, FileSettings
from config.valid_keys import valid_keys

_Model = TypeVar("_Model", bound=BaseModel)
_Settings = TypeVar("_Settings", bound=FileSettings)


class Read(NamedTuple, Generic[_Model]):
    """What was read from a file."""

    model: _Model | None
    """None where something is wrong."""
    known: Mapping[str, Any]
    """The keys that are right, by path (`config.valid_keys`)."""


class FileReader:
    """Reads files and keeps the problems of all of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, source: str, key: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(source, key, message))

    def model(self, model: type[_Model], path: Path) -> Read[_Model]:
        """A model from a file; the problems are noted."""
        values = self._toml(path)
        if values is None:
            return Read(None, {})
        known = valid_keys(model, values)
        try:
            return Read(model.model_validate(values), known)
        except ValidationError as error:
            self.problems += problems_of(error, model, str(path), values)
            return Read(None, known)

    def settings(self, model: type[_Settings], path: Path) -> Read[_Settings]:
        """Settings from a file and the environment; the problems are noted.

        Paths among them are made absolute, seen from the file's folder.
        """
        values = self._toml(path)
        if values is None:
            return Read(None, {})
        self._unknown_variables(model)
        folder = path.parent.absolute()
        known: dict[str, Any] = {}
        try:
            known = valid_keys(model, _with_environment(model, values))
            known = {key: resolve_path(value, folder) for key, value in known.items()}
            return Read(resolve_paths(model(**values), folder), known)
        except ValidationError as error:
            self.problems += (
                _blame_environment(model, problem)
                for problem in problems_of(error, model, str(path), values)
            )
        except SettingsError as error:
            self.add("environment", "", f"{error}; a list is written as JSON")
        return Read(None, known)

    def _unknown_variables(self, model: type[FileSettings]) -> None:
        """Note variables that look like settings, but whose section there is not."""
        prefix = _prefix(model)
        for name in os.environ:
            if not name.upper().startswith(prefix):
                continue
            section, delimiter, _ = name[len(prefix) :].partition(ENVIRONMENT_DELIMITER)
            if delimiter and section.lower() not in model.model_fields:
                hint = did_you_mean(section, model.model_fields)
                self.add(name, "", f"there is no section {section.lower()!r}; {hint}")

    def _toml(self, path: Path) -> dict[str, Any] | None:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            self.add(str(path), "", f"cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            self.add(str(path), "", f"is not UTF-8 text (byte {error.start})")
        except tomllib.TOMLDecodeError as error:
            self.add(str(path), "", f"is not TOML: {error}")
        return None


def _with_environment(model: type[FileSettings], values: dict[str, Any]) -> dict[str, Any]:
    """The values of a file, with those of the environment before them."""
    merged = dict(values)
    for name, value in EnvSettingsSource(model)().items():
        old = merged.get(name)
        merged[name] = old | value if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _prefix(model: type[FileSettings]) -> str:
    return str(model.model_config.get("env_prefix", "")).upper()


def _blame_environment(model: type[FileSettings], problem: Problem) -> Problem:
    """The problem with the variable named as its source, where the value came from one."""
    keys = [str(part) for part in problem.location if isinstance(part, str)]
    for length in range(len(keys), 0, -1):
        variable = _prefix(model) + ENVIRONMENT_DELIMITER.join(keys[:length]).upper()
        if any(name.upper() == variable for name in os.environ):
            return Problem(variable, "", problem.message, problem.location)
    return problem
