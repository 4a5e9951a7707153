"""Where each field of the machine readable zone stands (ICAO Doc 9303-4 to -7, section 4.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from devices.documents.mrz.errors import Field


class Format(StrEnum):
    """The formats of the machine readable zone."""

    TD1 = "TD1"
    """Card, three lines of 30 (Doc 9303-5)."""
    TD2 = "TD2"
    """Two lines of 36 (Doc 9303-6)."""
    TD3 = "TD3"
    """Passport, two lines of 44 (Doc 9303-4)."""
    MRV_A = "MRV-A"
    """Visa sticker, two lines of 44 (Doc 9303-7)."""
    MRV_B = "MRV-B"
    """Visa sticker, two lines of 36 (Doc 9303-7)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one line; counted from 0, ``end`` is exclusive."""

    line: int
    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of characters."""
        return self.end - self.start

    def of(self, lines: tuple[str, ...]) -> str:
        """Return the characters of the span."""
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True, slots=True)
class Layout:
    """One format: its lines, its fields, and what each check digit covers."""

    format: Format
    line_count: int
    line_length: int
    fields: Mapping[Field, Span]
    check_digits: Mapping[Field, Span]
    """Position of the check digit of a field."""
    composite: tuple[Span, ...]
    """What the composite check digit covers, in order; empty for visas, which have none."""
    document_codes: str
    """First letters of the document code that the standard allows."""
    long_numbers: bool
    """Whether a document number over 9 characters continues in the optional data."""


def _two_lines(
    format_: Format, length: int, *, optional_end: int, codes: str, long_numbers: bool = False
) -> Layout:
    checks = {
        Field.DOCUMENT_NUMBER: Span(1, 9, 10),
        Field.BIRTH_DATE: Span(1, 19, 20),
        Field.EXPIRY_DATE: Span(1, 27, 28),
    }
    composite: tuple[Span, ...] = ()
    if optional_end < length:  # passports and TD2; a visa's optional data runs to the end
        checks[Field.COMPOSITE] = Span(1, length - 1, length)
        composite = (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, length - 1))
    if format_ is Format.TD3:
        checks[Field.OPTIONAL_DATA] = Span(1, 42, 43)
    return Layout(
        format=format_,
        line_count=2,
        line_length=length,
        fields={
            Field.DOCUMENT_CODE: Span(0, 0, 2),
            Field.ISSUING_STATE: Span(0, 2, 5),
            Field.NAME: Span(0, 5, length),
            Field.DOCUMENT_NUMBER: Span(1, 0, 9),
            Field.NATIONALITY: Span(1, 10, 13),
            Field.BIRTH_DATE: Span(1, 13, 19),
            Field.SEX: Span(1, 20, 21),
            Field.EXPIRY_DATE: Span(1, 21, 27),
            Field.OPTIONAL_DATA: Span(1, 28, optional_end),
        },
        check_digits=checks,
        composite=composite,
        document_codes=codes,
        long_numbers=long_numbers,
    )


_TD1 = Layout(
    format=Format.TD1,
    line_count=3,
    line_length=30,
    fields={
        Field.DOCUMENT_CODE: Span(0, 0, 2),
        Field.ISSUING_STATE: Span(0, 2, 5),
        Field.DOCUMENT_NUMBER: Span(0, 5, 14),
        Field.OPTIONAL_DATA: Span(0, 15, 30),
        Field.BIRTH_DATE: Span(1, 0, 6),
        Field.SEX: Span(1, 7, 8),
        Field.EXPIRY_DATE: Span(1, 8, 14),
        Field.NATIONALITY: Span(1, 15, 18),
        Field.OPTIONAL_DATA_2: Span(1, 18, 29),
        Field.NAME: Span(2, 0, 30),
    },
    check_digits={
        Field.DOCUMENT_NUMBER: Span(0, 14, 15),
        Field.BIRTH_DATE: Span(1, 6, 7),
        Field.EXPIRY_DATE: Span(1, 14, 15),
        Field.COMPOSITE: Span(1, 29, 30),
    },
    composite=(Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)),
    document_codes="ACI",
    long_numbers=True,
)

LAYOUTS: Mapping[Format, Layout] = {
    Format.TD1: _TD1,
    Format.TD2: _two_lines(Format.TD2, 36, optional_end=35, codes="ACI", long_numbers=True),
    Format.TD3: _two_lines(Format.TD3, 44, optional_end=42, codes="P"),
    Format.MRV_A: _two_lines(Format.MRV_A, 44, optional_end=44, codes="V"),
    Format.MRV_B: _two_lines(Format.MRV_B, 36, optional_end=36, codes="V"),
}


def format_of(lines: tuple[str, ...]) -> Format | None:
    """Return the format by number and length of the lines and the first letter, if any fits."""
    shape = (len(lines), {len(line) for line in lines})
    visa = bool(lines) and lines[0].startswith("V")
    if shape == (3, {30}):
        return Format.TD1
    if shape == (2, {36}):
        return Format.MRV_B if visa else Format.TD2
    if shape == (2, {44}):
        return Format.MRV_A if visa else Format.TD3
    return None
