"""What can be wrong in a machine readable zone: which field, why, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """The data elements of the machine readable zone (ICAO Doc 9303-4 to -7, section 4.2)."""

    LINES = "lines"
    """Not an element: the lines as a whole."""
    DOCUMENT_CODE = "documentCode"
    ISSUING_STATE = "issuingState"
    NAME = "name"
    DOCUMENT_NUMBER = "documentNumber"
    NATIONALITY = "nationality"
    BIRTH_DATE = "birthDate"
    SEX = "sex"
    EXPIRY_DATE = "expiryDate"
    OPTIONAL_DATA = "optionalData"
    OPTIONAL_DATA_2 = "optionalData2"
    COMPOSITE = "composite"
    """The composite check digit."""


class Reason(StrEnum):
    """Why a field is wrong or remarkable."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECK_DIGIT = "checkDigit"
    CODE = "code"
    DATE = "date"
    EMPTY = "empty"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong, told without repeating what the document says."""

    field: Field
    reason: Reason
    message: str
    """English, for the person who looks into it; has no personal data and may be logged."""
    line: int | None = None
    """Line, from 1 as the standard counts; None for the whole zone."""
    start: int | None = None
    """First position in the line, from 1."""
    end: int | None = None
    """Last position in the line."""

    def __str__(self) -> str:
        if self.line is None:
            return f"{self.field}: {self.message}"
        place = f"{self.start}" if self.start == self.end else f"{self.start}-{self.end}"
        return f"{self.field} (line {self.line}, position {place}): {self.message}"


class MrzError(ValueError):
    """The text is no valid machine readable zone; ``errors`` has all that is wrong."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = errors
