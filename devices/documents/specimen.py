"""Specimen documents: invented people's passports, cards and visas as small JSON files.

One file is one document. `document` says what is printed on it, so a simulated camera can draw it;
`chip`, where the document has one, says what its chip holds and how it behaves, so that a virtual
card can play it. The files are neutral data: nothing here knows a screen, a camera or a card.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from devices.documents.identity import PartialDate, Sex
from devices.documents.specimen_chip import ChipSpec

SPECIMENS: Final = Path(__file__).with_name("specimens")

_PARTIAL_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_OPTIONAL_DATA: Final = MappingProxyType(
    {"TD1": (15, 11), "TD2": (7, 0), "TD3": (14, 0), "MRV-A": (16, 0), "MRV-B": (8, 0)}
)
"""Characters of optional data in each format's first and second field (ICAO Doc 9303-4 to -7)."""


class SpecimenError(ValueError):
    """A specimen file that cannot be used; the text names the file and every wrong key."""


class Visit(StrEnum):
    """What the hall's demonstration data holds for this person."""

    BOOKED = "booked"
    WALK_IN = "walk-in"
    SEVERAL_RESERVATIONS = "several-reservations"
    LATE = "late"
    WRONG_HALL = "wrong-hall"


def _partial_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value == "unknown":
        return PartialDate(None)
    match = _PARTIAL_DATE.fullmatch(value)
    if match is None:
        raise ValueError("should be YYYY-MM-DD, YYYY-MM, YYYY or 'unknown'")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 1, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"is no date of the calendar: {error}") from None
    return PartialDate(year, month, day)


def _partial_date_text(value: PartialDate) -> str:
    if value.year is None:
        return "unknown"
    parts = [f"{value.year:04}"] + [f"{part:02}" for part in (value.month, value.day) if part]
    return "-".join(parts)


BirthDate = Annotated[
    PartialDate,
    BeforeValidator(_partial_date),
    PlainSerializer(_partial_date_text),
    WithJsonSchema({"type": "string", "pattern": f"^(unknown|{_PARTIAL_DATE.pattern})$"}),
]
State = Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
Name = Annotated[str, Field(pattern=r"^[A-Z' \-]*$", max_length=120)]
Data = Annotated[str, Field(pattern=r"^[A-Z0-9<]*$")]


class PrintedDocument(BaseModel):
    """What is printed on a document, in the terms of ICAO Doc 9303-3."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    format: Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]
    title: str
    """The document's own heading, e.g. ``PASSPORT``."""
    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z]?$")]
    issuing_state: State
    number: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,22}$")]
    nationality: State
    primary_identifier: Annotated[Name, Field(min_length=1)]
    secondary_identifier: Name = ""
    name_in_national_characters: str = ""
    birth_date: BirthDate
    sex: Sex = Sex.UNSPECIFIED
    issue_date: date
    expiry_date: date
    place_of_birth: str = ""
    authority: str = ""
    optional_data: Data = ""
    optional_data_2: Data = ""
    """Second field of optional data; TD1 only."""
    can: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    """Card access number, printed where the chip takes one (ICAO Doc 9303-11, section 4.4)."""
    remarks: tuple[str, ...] = ()
    """Further printed lines, e.g. a visa's category and number of entries."""

    @model_validator(mode="after")
    def _fits_its_format(self) -> "PrintedDocument":
        first, second = _OPTIONAL_DATA[self.format]
        if len(self.number) > 9:
            if self.format not in {"TD1", "TD2"}:
                raise ValueError(f"number: {self.format} has room for 9 characters")
            # the rest of the number, its check digit and a filler (Doc 9303-5 and -6)
            first -= len(self.number) - 9 + 2
        if len(self.optional_data) > max(first, 0) or first < 0:
            raise ValueError(f"optional_data: has room for {max(first, 0)} characters here")
        if len(self.optional_data_2) > second:
            raise ValueError(f"optional_data_2: has room for {second} characters here")
        if self.expiry_date < self.issue_date:
            raise ValueError("expiry_date: is before issue_date")
        if (self.code[0] == "V") != self.format.startswith("MRV"):
            raise ValueError("code: V is for the formats MRV-A and MRV-B, and only for them")
        return self


class Specimen(BaseModel):
    """One invented document and the visit that its holder makes."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    """The file's name without ``.json``."""
    description: str
    visit: Visit
    document: PrintedDocument
    chip: ChipSpec | None = None

    @model_validator(mode="after")
    def _chip_fits_document(self) -> "Specimen":
        if self.chip is None:
            return self
        if self.document.format.startswith("MRV"):
            raise ValueError("chip: a visa has none")
        return self


def _key(location: tuple[int | str, ...]) -> tuple[str, ...]:
    return (".".join(str(part) for part in location),) if location else ()


def parse(text: str, *, name: str, source: str) -> Specimen:
    """Make a specimen of a file's text.

    Args:
        text: JSON.
        name: the specimen's name when the text does not give one.
        source: what errors call the file.

    Raises:
        SpecimenError: the text is no JSON, or keys are wrong; all of them are named.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SpecimenError(f"{source}: is not JSON: {error}") from None
    if not isinstance(values, dict):
        raise SpecimenError(f"{source}: should be a JSON object")
    values.pop("$schema", None)  # for the editor in which the file was written
    try:
        return Specimen.model_validate({"name": name, **values})
    except ValidationError as error:
        lines = [
            ": ".join((source, *_key(item["loc"]), item["msg"].removeprefix("Value error, ")))
            for item in error.errors(include_url=False, include_input=False)
        ]
        raise SpecimenError("\n".join(lines)) from None


def load(path: Path) -> Specimen:
    """Read one specimen file.

    Raises:
        SpecimenError: it cannot be read or is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecimenError(f"{path}: cannot be read: {error}") from None
    return parse(text, name=path.stem, source=str(path))


def load_all(folder: Path = SPECIMENS) -> Mapping[str, Specimen]:
    """All specimens of a folder by name, in the order of their names; raises as `load` does."""
    found = (load(path) for path in sorted(folder.glob("*.json")))
    return MappingProxyType({specimen.name: specimen for specimen in found})
