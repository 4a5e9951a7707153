"""Distinguished names, comparable although states write the same name in different encodings."""

from dataclasses import dataclass, field
from typing import Final

from asn1crypto import x509

from devices.chip.pki.leniency import text

_COUNTRY: Final = "2.5.4.6"
_SHORT_TYPES: Final = {
    _COUNTRY: "C",
    "2.5.4.8": "ST",
    "2.5.4.7": "L",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A distinguished name; equal to another when RFC 5280, section 7.1 says that they match."""

    normalised: tuple[tuple[tuple[str, str], ...], ...]
    text: str = field(compare=False)
    """For people, e.g. ``C=UT, O=Ministry, CN=CSCA Utopia``."""

    @property
    def country(self) -> str:
        """Two-letter country code in upper case; empty where the name has none."""
        values = (value for part in self.normalised for oid, value in part if oid == _COUNTRY)
        return next(values, "").upper()

    def __str__(self) -> str:
        return self.text


def read_name(name: x509.Name) -> Name:
    """A name out of asn1crypto's structure; raises what that raises on malformed names."""
    normalised = []
    texts = []
    for part in name.chosen:
        pairs = [(item["type"].dotted, text(item["value"])) for item in part]
        normalised.append(tuple(sorted((oid, _fold(value)) for oid, value in pairs)))
        texts.append("+".join(f"{_SHORT_TYPES.get(oid, oid)}={value}" for oid, value in pairs))
    return Name(tuple(normalised), ", ".join(texts))


def _fold(value: str) -> str:
    return " ".join(value.split()).casefold()
