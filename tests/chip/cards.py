"""Virtual documents for the tests, personalised once each."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from devices.chip.access.credentials import Credentials
from devices.chip.personalisation import personalise
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.reading import ReadRequest
from devices.chip.virtual.card import DEFAULT_ATR, VirtualCard
from devices.chip.virtual.content import CardContent
from devices.chip.virtual.transport import VirtualTransport
from devices.documents.specimen import SPECIMENS, Specimen, load
from devices.documents.specimen_chip import ChipSpec

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PKI = SpecimenPki()

DOCUMENT = {
    "format": "TD3",
    "title": "PASSPORT",
    "code": "P",
    "issuing_state": "UTO",
    "number": "L898902C3",
    "nationality": "UTO",
    "primary_identifier": "ERIKSSON",
    "secondary_identifier": "ANNA MARIA",
    "birth_date": "1974-08-12",
    "sex": "F",
    "issue_date": "2022-04-16",
    "expiry_date": "2032-04-15",
    "can": "500540",
}
"""The specimen of ICAO Doc 9303-4, not expired."""


def specimen(chip: dict[str, Any], document: dict[str, Any] | None = None) -> Specimen:
    return Specimen.model_validate(
        {
            "name": "test",
            "description": "",
            "visit": "booked",
            "document": DOCUMENT | (document or {}),
            "chip": {"data_groups": []} | chip,
        }
    )


@cache
def content_of(document: Specimen) -> CardContent:
    """Contents are made once for a specimen: RSA keys take their time."""
    return personalise(document, PKI)


def spec_of(document: Specimen) -> ChipSpec:
    assert document.chip is not None
    return document.chip


def by_name(name: str) -> Specimen:
    return load(SPECIMENS / f"{name}.json")


def card(document: Specimen, atr: bytes = DEFAULT_ATR) -> VirtualCard:
    return VirtualCard(content_of(document), spec_of(document), atr)


def transport(document: Specimen, **options: Any) -> VirtualTransport:
    return VirtualTransport(card(document), **options)


def credentials(document: Specimen) -> Credentials:
    content = content_of(document)
    return Credentials(content.mrz, content.can)


def request(document: Specimen, **changed: Any) -> ReadRequest:
    wanted = ReadRequest(credentials(document), PKI.trust_store(), NOW)
    return replace(wanted, **changed)
