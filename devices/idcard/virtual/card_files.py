"""Invented people's cards as small JSON files; one file is one card.

``type`` is ``I``, ``Y``, ``J`` or ``citizen``; the other keys are those of the card's class in
`devices.idcard.cards`. Dates are ``YYYY-MM-DD``, a birth date may end with the month or the year,
``valid_until`` may be ``long-term``. Check digits are not looked at, so that a file can hold a
card with a wrong one. ``description`` is for people.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from devices.documents.identity import PartialDate
from devices.idcard.cards import Card, Card2017, Card2023, CitizenCard, ResidencePermit
from devices.idcard.layout import CardTextError

CARDS: Final = Path(__file__).parents[1] / "cards"
"""The cards that come with the simulator."""

_TYPES: dict[str, type[Card]] = {
    "I": Card2017,
    "Y": Card2023,
    "J": ResidencePermit,
    "citizen": CitizenCard,
}


class CardFileError(ValueError):
    """A card file that cannot be used; the text names the file and every wrong key."""


def names() -> list[str]:
    """The names of the cards that come with the simulator."""
    return sorted(path.stem for path in CARDS.glob("*.json"))


def load(name_or_path: str | Path) -> Card:
    """Read a card file, by path or by the name of a card that comes with the simulator.

    Raises:
        CardFileError: it cannot be read or is wrong.
    """
    path = Path(name_or_path)
    if not path.exists() and path.suffix != ".json":
        path = CARDS / f"{name_or_path}.json"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CardFileError(
            f"{name_or_path}: there is no such card file; cards here: {', '.join(names())}"
        ) from None
    return parse(text, source=str(path))


def parse(text: str, *, source: str) -> Card:
    """Make a card of a file's text; `source` is what errors call the file.

    Raises:
        CardFileError: the text is no JSON, or keys are wrong; all of them are named.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CardFileError(f"{source}: is not JSON: {error}") from None
    if not isinstance(values, dict):
        raise CardFileError(f"{source}: should be a JSON object")
    kind = values.pop("type", None)
    if not isinstance(kind, str) or kind not in _TYPES:
        raise CardFileError(f"{source}: type: should be one of {', '.join(_TYPES)}")
    values.pop("description", None)
    card_type = _TYPES[kind]
    unknown = sorted(values.keys() - card_type.__dataclass_fields__.keys())
    errors = [f"{source}: {key}: there is no such key for type {kind}" for key in unknown]
    try:
        card = TypeAdapter(card_type).validate_python(_converted(values))
        if not errors:
            card.encode()
            return card
    except ValidationError as error:
        errors += [
            f"{source}: {'.'.join(map(str, item['loc']))}: {item['msg']}"
            for item in error.errors(include_url=False, include_input=False)
        ]
    except CardTextError as error:
        errors.append(f"{source}: {error}")
    raise CardFileError("\n".join(errors))


def _converted(values: dict[str, Any]) -> dict[str, Any]:
    converted = dict(values)
    if converted.get("valid_until") == "long-term":
        converted["valid_until"] = None
    if isinstance(birth := converted.get("birth_date"), str):
        converted["birth_date"] = _partial_date(birth) or birth
    return converted


def _partial_date(value: str) -> PartialDate | None:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)
