"""What is wrong with a configuration, as lines that a person can act on."""

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ValidationError

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
"""A key that TOML needs no quotes for."""
_KINDS: Final = {
    "bool_": "true or false",
    "int_": "a whole number",
    "float_": "a number",
    "string_": "text in quotes",
    "path_": "a path in quotes",
    "tuple_": "a list in [ ]",
    "dict_": "a table",
    "model_": "a table",
    "time_": "a time of day, e.g. 09:00:00",
    "date_": "a date, e.g. 2026-10-01",
}
"""Beginning of a type of pydantic's errors -> what would be right."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    source: str
    """The file, or the environment variable that the value came from."""
    key: str
    """Path of the key, e.g. ``desks["4"].zone``; empty where it is the whole file."""
    message: str
    """What is wrong and what would be right."""
    location: tuple[int | str, ...] = ()
    """The key's path as the model knows it."""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.source, self.key, self.message) if part)


class ConfigError(Exception):
    """A configuration that cannot be used; holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest known one, or all there are."""
    known = sorted(set(known))
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.7)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known are: {', '.join(known)}" if known else "none is known"


def problems_of(
    error: ValidationError, model: type[BaseModel], source: str, values: Mapping[str, Any]
) -> list[Problem]:
    """One problem per wrong key.

    A key that is missing because it was misspelt is told once, as the misspelling.

    Args:
        error: what the model said.
        model: the model that said it.
        source: what to call the file.
        values: what was validated, to name the entries of lists by their ids.
    """
    details = error.errors(include_url=False, include_context=True)
    missing = {tuple(item["loc"]) for item in details if item["type"] == "missing"}
    found: list[Problem] = []
    explained: set[tuple[int | str, ...]] = set()
    for item in details:
        if item["type"] != "extra_forbidden":
            continue
        *parent, name = item["loc"]
        absent = {str(loc[-1]) for loc in missing if list(loc[:-1]) == parent}
        near = difflib.get_close_matches(str(name).lower(), absent, n=1, cutoff=0.7)
        if near:
            explained.add((*parent, near[0]))
    for item in details:
        loc = tuple(item["loc"])
        if loc in explained:
            continue
        found.append(Problem(source, key_path(loc, values), _message(model, item, loc), loc))
    return found


def key_path(loc: Sequence[int | str], values: object) -> str:
    """A key's path as it is written in messages; entries of lists by id, or counted from 1."""
    path = ""
    for part in loc:
        if part == "[key]":
            break
        inner: object = None
        if isinstance(part, int):
            if isinstance(values, Sequence) and part < len(values):
                inner = values[part]
            name = inner.get("id") if isinstance(inner, Mapping) else None
            named = isinstance(name, str) and _BARE_KEY.fullmatch(name)
            path += f'["{name}"]' if named else f"[#{part + 1}]"
        else:
            if isinstance(values, Mapping):
                inner = values.get(part)
            name = part if _BARE_KEY.fullmatch(part) else repr(part)
            path += f".{name}" if path else name
        values = inner
    return path


def _message(model: type[BaseModel], item: Mapping[str, Any], loc: Sequence[int | str]) -> str:
    given = item.get("input")
    match item["type"]:
        case "missing":
            return "is missing; give it a value"
        case "extra_forbidden":
            return f"is not a known key; {did_you_mean(str(loc[-1]), fields_at(model, loc[:-1]))}"
        case "string_pattern_mismatch":
            return f"{given!r} will not do; {_how_it_looks(model, loc, item['ctx']['pattern'])}"
        case "value_error":
            return str(item["ctx"]["error"])
        case "enum" | "literal_error" if isinstance(given, str):
            return f"{given!r} will not do; should be {item['ctx']['expected']}"
        case _:
            text = f"should be {_asked_for(item)}"
            return f"{text}, not {given!r}" if isinstance(given, str | int | float) else text


def _asked_for(item: Mapping[str, Any]) -> str:
    """What would be right, in the words of those who write TOML."""
    kind, context, given = item["type"], item.get("ctx", {}), item.get("input")
    if isinstance(given, float) and not math.isfinite(given):
        return "a number that is finite"
    match kind:
        case "greater_than":
            return f"more than {context['gt']:g}"
        case "greater_than_equal":
            return f"{context['ge']:g} or more"
        case "less_than_equal":
            return f"{context['le']:g} or less"
        case "string_too_short" | "too_short":
            what, unit = ("text", "characters") if "string" in kind else ("a list", "entries")
            return f"{what} of {context['min_length']} or more {unit}"
    for beginning, what in _KINDS.items():
        if kind.startswith(beginning):
            return what
    return str(item["msg"]).removeprefix("Input should be ")


def fields_at(model: type[BaseModel], loc: Sequence[int | str]) -> tuple[str, ...]:
    """The keys that a model knows at a place inside it."""
    return tuple(_schema_at(model, loc).get("properties", ()))


def _how_it_looks(model: type[BaseModel], loc: Sequence[int | str], pattern: str) -> str:
    """What would be right: an example where the model gives one, else the pattern."""
    examples = _schema_at(model, loc).get("examples")
    return f"should look like {examples[0]!r}" if examples else f"should match {pattern}"


def _schema_at(model: type[BaseModel], loc: Sequence[int | str]) -> dict[str, Any]:
    """The JSON Schema of a place inside a model; empty where the model says nothing of it."""
    schema = model.model_json_schema()
    node = _resolve(schema, schema)
    for part in loc:
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part, node.get("additionalProperties", {}))
        node = _resolve(node, schema) if isinstance(node, dict) else {}
    return node


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and the one alternative of an optional value that is not null."""
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = next(option for option in node["anyOf"] if option.get("type") != "null")
        else:
            return node
