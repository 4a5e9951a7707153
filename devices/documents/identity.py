"""The identity that comes out of a document, one type whatever the source."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Source(StrEnum):
    """The device that read the document."""

    CHIP = "chip"
    CAMERA = "camera"
    ID_CARD = "idCard"


class Verdict(StrEnum):
    """Answer to one question of proof; 'unknown' where it was not or could not be asked."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven about a document, each question apart (ICAO Doc 9303-11, section 3)."""

    data_authentic: Verdict = Verdict.UNKNOWN
    """The data carries the issuer's signature and was not altered (passive authentication)."""
    signer_trusted: Verdict = Verdict.UNKNOWN
    """The signer's certificate chains to a CSCA of the trust store."""
    chip_genuine: Verdict = Verdict.UNKNOWN
    """The chip is no copy (active, chip or PACE-CAM authentication)."""
    reasons: tuple[str, ...] = ()
    """Why not, or with which weakness: short technical texts without personal data."""


class Sex(StrEnum):
    """Sex as printed in the machine readable zone (ICAO Doc 9303-3, section 4.1.1.1)."""

    FEMALE = "F"
    MALE = "M"
    UNSPECIFIED = "<"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which month or day may be unknown (ICAO Doc 9303-3, section 4.8)."""

    year: int | None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as a document states it. Lives in memory only, and only during the visit."""

    source: Source
    document_code: str
    """Document code, e.g. ``P``, ``ID``, ``V`` (ICAO Doc 9303-3); ``I``/``Y`` for ID cards."""
    issuing_state: str
    """Three-letter code of ICAO Doc 9303-3 section 5, without filler."""
    document_number: str
    nationality: str
    primary_identifier: str
    """Surname, or the whole name where the document does not divide it."""
    secondary_identifier: str
    """Given names; empty for a person with one name only."""
    birth_date: PartialDate
    sex: Sex
    expiry_date: date | None
    """None: the document does not expire ('long-term')."""
    alternate_numbers: tuple[str, ...] = ()
    """Other numbers under which a reservation may have been made (e.g. the old card's number)."""
    proof: Proof = field(default_factory=Proof)

    def numbers(self) -> tuple[str, ...]:
        """All numbers of the document, the present one first."""
        return (self.document_number, *self.alternate_numbers)
