"""A reservation that was made with the card of 2017 is found with the card of 2023."""

from collections.abc import Iterator
from datetime import date

import pytest

from devices.documents.identity import Identity, PartialDate, Sex
from devices.idcard.cards import Card, Card2017, Card2023
from devices.idcard.reading import read_text
from devices.idcard.virtual.card_files import load
from kiosk.backend.client import HallClient
from kiosk.backend.contract import ReservationQuery
from kiosk.backend.document_key import document_keys
from kiosk.server.hall_server import HallServer
from kiosk.server.seeding import Booking, Visitor, seed_reservations
from tests.server.support import MORNING, SettableClock, make_server

SECRET = bytes(range(32))
OLD_CARD = Card2017(
    name="WEBER, LUKAS",
    sex=Sex.MALE,
    number="DEU310185070428",
    nationality="DEU",
    birth_date=PartialDate(1985, 7, 4),
    valid_from=date(2018, 5, 21),
    valid_until=date(2028, 5, 20),
)
NEW_CARD = load("weber-2023")
"""The same holder's; it has a number of its own, and a link to the old one."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    with make_server(tmp_path_factory.mktemp("hall"), SettableClock()) as server:
        yield server


def _read(card: Card) -> Identity:
    identity = read_text(card.encode()).identity
    assert identity is not None
    return identity


def _found(server: HallServer, identity: Identity) -> list[str]:
    client = HallClient(server.url, "urban")
    try:
        query = ReservationQuery(document_keys=document_keys(SECRET, identity))
        return [reservation.id for reservation in client.find_reservations(query)]
    finally:
        client.close()


def test_the_new_card_finds_what_was_reserved_with_the_old_one(server: HallServer) -> None:
    keys = document_keys(SECRET, _read(OLD_CARD))
    ((seeded,),) = seed_reservations(server, "urban", [Visitor(Booking.BOOKED, keys)], MORNING)
    assert isinstance(NEW_CARD, Card2023)
    assert NEW_CARD.number != OLD_CARD.number
    assert _found(server, _read(NEW_CARD)) == [seeded.reservation_id]
    assert _found(server, _read(load("santos-2023"))) == []
