"""What opens a chip: data of the printed MRZ, or the card access number."""

import hashlib
import re
from dataclasses import dataclass, field

from devices.documents.mrz import Mrz, check_digit

_NUMBER = re.compile(r"[A-Z0-9<]+")
_DATE = re.compile(r"[0-9<]{6}")
_CAN = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class MrzCredentials:
    """The three fields of the MRZ that the keys are made from (ICAO Doc 9303-11, 9.7.2).

    Attributes:
        document_number: the whole number, also where a TD1 or TD2 document continues it in the
            optional data; with or without fillers at its end.
        birth_date: YYMMDD as printed, unknown parts as fillers.
        expiry_date: YYMMDD.

    Raises:
        ValueError: a field is not what an MRZ can hold.
    """

    document_number: str = field(repr=False)
    birth_date: str = field(repr=False)
    expiry_date: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.document_number) or not self.document_number.strip("<"):
            raise ValueError("the document number of an MRZ has letters A-Z, digits and '<' only")
        if not _DATE.fullmatch(self.birth_date) or not _DATE.fullmatch(self.expiry_date):
            raise ValueError("dates of an MRZ are six characters YYMMDD")

    @classmethod
    def of(cls, zone: Mrz) -> "MrzCredentials":
        """The fields of a machine readable zone."""
        text = zone.access_key_text()
        return cls(text[:-15], text[-14:-8], text[-7:-1])

    @property
    def mrz_information(self) -> str:
        """Document number, birth date and expiry date, each with its check digit."""
        number = self.document_number.rstrip("<").ljust(9, "<")
        fields = (number, self.birth_date, self.expiry_date)
        return "".join(text + check_digit(text) for text in fields)

    @property
    def bac_seed(self) -> bytes:
        """K_seed of BAC (section 9.7.2)."""
        return self.pace_secret[:16]

    @property
    def pace_secret(self) -> bytes:
        """f(pi) of PACE (section 9.7.3)."""
        return hashlib.sha1(self.mrz_information.encode(), usedforsecurity=False).digest()


@dataclass(frozen=True, slots=True)
class CanCredentials:
    """The card access number printed on the document: six digits (Doc 9303-11, 4.4.2).

    Raises:
        ValueError: it is not.
    """

    can: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _CAN.fullmatch(self.can):
            raise ValueError("a card access number has six digits")

    @property
    def pace_secret(self) -> bytes:
        return self.can.encode()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is known to open a document with: one of the two, or both.

    Raises:
        ValueError: neither is given.
    """

    mrz: MrzCredentials | None = None
    can: CanCredentials | None = None

    def __post_init__(self) -> None:
        if self.mrz is None and self.can is None:
            raise ValueError("neither MRZ nor card access number is given")
