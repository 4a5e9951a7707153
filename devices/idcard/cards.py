"""What the cards say: the text of every type, decoded from and encoded to its 256 bytes.

Layouts: 2017 card, 2023 card, residence permit for Hong Kong, Macao and Taiwan residents, and
citizen's card, as the National Immigration Administration and the Ministry of Public Security have
published them for makers of readers (GA 467 and its supplements of 2017, 2018 and 2023).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from devices.documents.identity import PartialDate, Sex
from devices.idcard.layout import TEXT_LENGTH, TYPE_OFFSET, CardTextError, Layout


class CardKind(StrEnum):
    """Type of card; the value is the type character on it, which a citizen's card has not."""

    PERMANENT_RESIDENT_2017 = "I"
    PERMANENT_RESIDENT_2023 = "Y"
    HMT_RESIDENCE_PERMIT = "J"
    """Residence permit of residents of Hong Kong, Macao and Taiwan."""
    CITIZEN = "citizen"

    @classmethod
    def of(cls, text: bytes | bytearray) -> "CardKind":
        """The type of the card that a text comes from.

        Raises:
            CardTextError: the text is not 256 bytes long.
        """
        if len(text) != TEXT_LENGTH:
            raise CardTextError(f"the text has {len(text)} bytes instead of {TEXT_LENGTH}")
        character = chr(int.from_bytes(text[TYPE_OFFSET : TYPE_OFFSET + 2], "little"))
        try:
            return cls(character)
        except ValueError:
            return cls.CITIZEN


LONG_TERM = "长期"
"""In place of the date until which a card is valid: it does not expire."""

_SEX_CODES = {Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNSPECIFIED: "9"}
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE, "0": Sex.UNSPECIFIED, "9": Sex.UNSPECIFIED}
"""GB/T 2261.1: 0 is unknown, 9 is not stated."""


# The fields' values are kept out of repr(): a card must not get into a log by accident.


@dataclass(frozen=True, slots=True, repr=False)
class Card2017:
    """Foreigner's permanent resident ID card of 2017, type ``I``."""

    name: str
    """In Latin letters; surname, comma, given names."""
    sex: Sex
    number: str
    nationality: str
    """Three letters as on the card (GB/T 2659, ISO 3166-1 alpha-3)."""
    birth_date: PartialDate
    valid_from: date
    valid_until: date | None
    """None: long-term."""
    chinese_name: str = ""
    version: str = "01"
    authority: str = ""
    """Code of the authority that took the application."""

    KIND: ClassVar = CardKind.PERMANENT_RESIDENT_2017
    LAYOUT: ClassVar = Layout(
        (
            *(("name", 120), ("sex", 2), ("number", 30), ("nationality", 6)),
            *(("chinese_name", 30), ("valid_from", 16), ("valid_until", 16)),
            *(("birth_date", 16), ("version", 4), ("authority", 8)),
            *(("type", 2), ("reserved", 6)),
        )
    )

    @classmethod
    def decode(cls, text: bytes | bytearray) -> "Card2017":
        values = _stripped(cls.LAYOUT.split(text))
        return cls(
            name=values["name"],
            sex=_sex(values),
            number=values["number"],
            nationality=values["nationality"],
            birth_date=_birth_date(values),
            valid_from=_date(values, "valid_from"),
            valid_until=_end(values),
            chinese_name=values["chinese_name"],
            version=values["version"],
            authority=values["authority"],
        )

    def encode(self) -> bytes:
        return self.LAYOUT.join(
            _dates_and_sex(self)
            | {
                "name": self.name,
                "number": self.number,
                "nationality": self.nationality,
                "chinese_name": self.chinese_name,
                "version": self.version,
                "authority": self.authority,
                "type": self.KIND.value,
            }
        )


@dataclass(frozen=True, slots=True, repr=False)
class Card2023:
    """Foreigner's permanent resident ID card of 2023 ('five-star' card), type ``Y``."""

    name: str
    """In Latin letters, up to 46 characters; surname, comma, given names."""
    sex: Sex
    number: str
    nationality: str
    """Three letters as on the card (GB/T 2659, ISO 3166-1 alpha-3)."""
    birth_date: PartialDate
    valid_from: date
    valid_until: date | None
    """None: long-term."""
    chinese_name: str = ""
    renewals: str = "00"
    link: str = ""
    """Link to the number of earlier versions: three digits, or blank."""

    KIND: ClassVar = CardKind.PERMANENT_RESIDENT_2023
    NAME_LENGTH: ClassVar = 35
    """Characters of the name's first field; the second holds the rest."""
    LAYOUT: ClassVar = Layout(
        (
            *(("chinese_name", 30), ("sex", 2), ("renewals", 4), ("birth_date", 16)),
            *(("name", 70), ("number", 36), ("reserved", 30)),
            *(("valid_from", 16), ("valid_until", 16), ("name_rest", 22), ("nationality", 6)),
            *(("type", 2), ("link", 6)),
        )
    )

    @classmethod
    def decode(cls, text: bytes | bytearray) -> "Card2023":
        fields = cls.LAYOUT.split(text)
        values = _stripped(fields)
        # Joined before stripping: a space between two names may be the first field's last one.
        name = fields["name"] + fields["name_rest"]
        return cls(
            name=re.sub(" {2,}", " ", name).strip(),
            sex=_sex(values),
            number=values["number"],
            nationality=values["nationality"],
            birth_date=_birth_date(values),
            valid_from=_date(values, "valid_from"),
            valid_until=_end(values),
            chinese_name=values["chinese_name"],
            renewals=values["renewals"],
            link=values["link"],
        )

    def encode(self) -> bytes:
        return self.LAYOUT.join(
            _dates_and_sex(self)
            | {
                "chinese_name": self.chinese_name,
                "renewals": self.renewals,
                "name": self.name[: self.NAME_LENGTH],
                "name_rest": self.name[self.NAME_LENGTH :],
                "number": self.number,
                "nationality": self.nationality,
                "type": self.KIND.value,
                "link": self.link,
            }
        )


_RESIDENT_FIELDS = (
    *(("name", 30), ("sex", 2), ("nation", 4), ("birth_date", 16), ("address", 70)),
    *(("number", 36), ("authority", 30), ("valid_from", 16), ("valid_until", 16)),
)
"""What a citizen's card and a residence permit have in common."""


@dataclass(frozen=True, slots=True, repr=False)
class CitizenCard:
    """Chinese citizen's ID card. This hall does not serve its holder."""

    name: str
    sex: Sex
    number: str
    birth_date: PartialDate
    valid_from: date
    valid_until: date | None
    """None: long-term."""
    nation: str = "01"
    """Code of the ethnic group (GB/T 3304)."""
    address: str = ""
    authority: str = ""

    KIND: ClassVar = CardKind.CITIZEN
    LAYOUT: ClassVar = Layout((*_RESIDENT_FIELDS, ("reserved", 36)))

    @classmethod
    def decode(cls, text: bytes | bytearray) -> "CitizenCard":
        values = _stripped(cls.LAYOUT.split(text))
        return cls(
            name=values["name"],
            sex=_sex(values),
            number=values["number"],
            birth_date=_birth_date(values),
            valid_from=_date(values, "valid_from"),
            valid_until=_end(values),
            nation=values["nation"],
            address=values["address"],
            authority=values["authority"],
        )

    def encode(self) -> bytes:
        return self.LAYOUT.join(
            _dates_and_sex(self)
            | {
                "name": self.name,
                "number": self.number,
                "nation": self.nation,
                "address": self.address,
                "authority": self.authority,
            }
        )


@dataclass(frozen=True, slots=True, repr=False)
class ResidencePermit:
    """Residence permit of residents of Hong Kong, Macao and Taiwan, type ``J``."""

    name: str
    sex: Sex
    number: str
    birth_date: PartialDate
    valid_from: date
    valid_until: date | None
    address: str = ""
    authority: str = ""
    pass_number: str = ""
    """Number of the pass for travel to the mainland."""
    issues: str = "01"

    KIND: ClassVar = CardKind.HMT_RESIDENCE_PERMIT
    LAYOUT: ClassVar = Layout(
        (
            *_RESIDENT_FIELDS,
            *(("pass_number", 18), ("issues", 4), ("reserved", 6)),
            *(("type", 2), ("reserved_2", 6)),
        )
    )

    @classmethod
    def decode(cls, text: bytes | bytearray) -> "ResidencePermit":
        values = _stripped(cls.LAYOUT.split(text))
        return cls(
            name=values["name"],
            sex=_sex(values),
            number=values["number"],
            birth_date=_birth_date(values),
            valid_from=_date(values, "valid_from"),
            valid_until=_end(values),
            address=values["address"],
            authority=values["authority"],
            pass_number=values["pass_number"],
            issues=values["issues"],
        )

    def encode(self) -> bytes:
        return self.LAYOUT.join(
            _dates_and_sex(self)
            | {
                "name": self.name,
                "number": self.number,
                "address": self.address,
                "authority": self.authority,
                "pass_number": self.pass_number,
                "issues": self.issues,
                "type": self.KIND.value,
            }
        )


Card = Card2017 | Card2023 | CitizenCard | ResidencePermit

_CARDS: dict[CardKind, type[Card]] = {
    card.KIND: card for card in (Card2017, Card2023, CitizenCard, ResidencePermit)
}


def decode(text: bytes | bytearray) -> Card:
    """Read the text of a card of any type.

    Raises:
        CardTextError: the text is damaged; the message names the field.
    """
    return _CARDS[CardKind.of(text)].decode(text)


def _stripped(values: dict[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in values.items()}


def _sex(values: dict[str, str]) -> Sex:
    try:
        return _SEXES[values["sex"]]
    except KeyError:
        raise CardTextError("sex is no code of GB/T 2261.1") from None


def _date(values: dict[str, str], name: str) -> date:
    value = values[name]
    if not re.fullmatch(r"[0-9]{8}", value):
        raise CardTextError(f"{name} is not eight digits")
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        raise CardTextError(f"{name} is no date of the calendar") from None


def _end(values: dict[str, str]) -> date | None:
    return None if values["valid_until"] == LONG_TERM else _date(values, "valid_until")


def _birth_date(values: dict[str, str]) -> PartialDate:
    """A month or day that is not known stands as 00."""
    value = values["birth_date"]
    if re.fullmatch(r"[0-9]{4}0000", value):
        return PartialDate(int(value[:4]) or None)
    if re.fullmatch(r"[0-9]{6}00", value):
        known = _date({"birth_date": value[:6] + "01"}, "birth_date")
        return PartialDate(known.year, known.month)
    known = _date(values, "birth_date")
    return PartialDate(known.year, known.month, known.day)


def _dates_and_sex(card: Card) -> dict[str, str]:
    birth, end = card.birth_date, card.valid_until
    return {
        "sex": _SEX_CODES[card.sex],
        "birth_date": f"{birth.year or 0:04}{birth.month or 0:02}{birth.day or 0:02}",
        "valid_from": f"{card.valid_from:%Y%m%d}",
        "valid_until": LONG_TERM if end is None else f"{end:%Y%m%d}",
    }
