"""Whatever is in a file: it loads, or every line of the error names the file and says something."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.loading import (
    CATALOGUE,
    DEMO_MACHINE,
    DEMO_SERVER,
    HALLS,
    load,
    load_catalogue,
    load_hall,
    load_server,
)
from config.report import ConfigError, Problem

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
FILES: dict[str, tuple[Path, Callable[[Path], object]]] = {
    "machine": (DEMO_MACHINE, load),
    "hall": (HALLS / "station.toml", lambda path: load_hall(str(path), load_catalogue())),
    "catalogue": (CATALOGUE, load_catalogue),
    "server": (DEMO_SERVER, load_server),
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside nested tables and lists."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [path] * bool(path) + [
        one for key, inner in items for one in places(inner, (*path, key))
    ]


def quoted(text: str) -> str:
    """A text as a TOML string or key."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml(value: Any) -> str:
    """A value as TOML; null becomes an empty table."""
    if isinstance(value, dict):
        inside = (f"{quoted(key)} = {toml(inner)}" for key, inner in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if value is None:
        return "{}"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, float):
        return repr(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_one_value_of_anything_loads_or_is_explained(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    original, loader = FILES[kind]
    values = tomllib.loads(original.read_text(encoding="utf-8"))
    *above, last = data.draw(st.sampled_from(places(values)))
    inner: Any = values
    for key in above:
        inner = inner[key]
    if data.draw(st.booleans()):
        inner[last] = data.draw(JUNK)
    elif isinstance(inner, dict):
        inner[data.draw(st.text(max_size=6))] = inner.pop(last)
    path = tmp_path / "file.toml"
    lines = (f"{quoted(key)} = {toml(value)}" for key, value in values.items())
    path.write_text("\n".join(lines), encoding="utf-8")
    for problem in problems_of(loader, path):
        assert problem.source == str(path)
        assert problem.message
        assert not problem.message.startswith("is not TOML")
        assert "\n" not in str(problem)


def problems_of(loader: Callable[[Path], object], path: Path) -> tuple[Problem, ...]:
    try:
        loader(path)
    except ConfigError as error:
        return error.problems
    return ()


@given(st.binary(max_size=200))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_explained(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError):
        load(path)
