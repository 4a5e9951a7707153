"""States, organizations and kinds of person as documents code them (ICAO Doc 9303-3, section 5)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class StateKind(StrEnum):
    """What a code of Doc 9303-3 section 5 stands for."""

    STATE = "state"
    """A state or territory with the code of ISO 3166-1 alpha-3."""
    VARIANT = "variant"
    """A code of Doc 9303 for a state, or for a class of its nationals (``D``, ``GBO``, ``RKS``)."""
    ORGANIZATION = "organization"
    """An organization that issues travel documents."""
    PERSON = "person"
    """A person without a nationality, or whose nationality is not stated."""
    SPECIMEN = "specimen"
    """Only in specimen documents (``UTO``)."""
    WITHDRAWN = "withdrawn"
    """No longer assigned, or never meant for travel documents; seen in old ones."""


@dataclass(frozen=True, slots=True)
class State:
    """One code with its names as they are shown to people."""

    code: str
    """One or three capital letters, without filler."""
    kind: StateKind
    english: str
    chinese: str


@cache
def states() -> dict[str, State]:
    """All codes, by code."""
    text = resources.files(__package__).joinpath("states.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        code: State(code, StateKind(kind), english, chinese)
        for code, kind, english, chinese in rows
    }


def lookup(code: str) -> State | None:
    """Return the state of a code (with or without trailing filler), or None for an unknown one."""
    return states().get(code.rstrip("<"))
