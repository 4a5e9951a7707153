"""The fixed texts of a ticket in every language that it is printed in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kiosk.tickets.content import Localized


@cache
def texts() -> Mapping[str, Localized]:
    """Key -> language -> text, as in ``languages.toml``."""
    data = tomllib.loads(files(__package__).joinpath("languages.toml").read_text(encoding="utf-8"))
    keys = data["en"]
    return {key: {language: data[language][key] for language in data} for key in keys}


def languages() -> tuple[str, ...]:
    """Every language that a ticket can be printed in."""
    return tuple(texts()["number"])
