"""The whole of card behaviour once more, through the real pcscd and pyscard.

One card lies on the reader all the time, and plays one document after the other: pcscd takes 400 ms
to notice that a card has been changed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from devices.chip.errors import CardRemoved, CardSilent, ReaderUnavailable
from devices.chip.pcsc import PcscReaders
from devices.chip.procedure import read_chip
from devices.chip.reading import ChipReading
from devices.chip.virtual.card import DEFAULT_ATR
from devices.chip.virtual.transport import VirtualTransport
from devices.documents.identity import Verdict
from devices.documents.specimen import Specimen, load_all
from devices.documents.specimen_zone import zone_lines
from tests.chip.cards import request, specimen, transport
from tests.chip.conftest import READER, empty_slot
from tests.chip.test_quirks import AA, ONE_AT_A_TIME, PACE, assert_proven
from tests.chip.test_reading import PACE_VARIANTS

CHIPPED = {name: item for name, item in load_all().items() if item.chip is not None}


class Chameleon:
    """A card that becomes another document when it is reset."""

    atr = DEFAULT_ATR

    def __init__(self, document: VirtualTransport) -> None:
        self.next = document
        self._now = document

    def reset(self) -> None:
        self._now = self.next
        self._now.reset()

    def transmit(self, apdu: bytes) -> bytes:
        return self._now.transmit(apdu)


class Desk:
    """Reads documents through pcscd."""

    def __init__(self, card: Chameleon, readers: PcscReaders, name: str) -> None:
        self._card = card
        self._readers = readers
        self._name = name

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Hold the card as another program would."""
        connection = self._readers.connect(self._name)
        try:
            yield
        finally:
            connection.close()

    def read(self, document: Specimen, **wanted: frozenset[int]) -> ChipReading:
        self._card.next = transport(document)
        connection = self._readers.connect(self._name)
        try:
            connection.reset()
            return read_chip(connection, request(document, **wanted))
        finally:
            connection.close()


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with empty_slot() as reader:
        card = Chameleon(transport(specimen({})))
        reader.slot.insert(card)
        readers = PcscReaders(reader.name)
        deadline = time.monotonic() + 10
        while not readers.states()[0].card_present:
            assert time.monotonic() < deadline, "pcscd does not notice the card"
            time.sleep(0.02)
        yield Desk(card, readers, reader.name)
        readers.close()


@pytest.mark.parametrize("document", CHIPPED.values(), ids=CHIPPED)
def test_every_specimen(desk: Desk, document: Specimen) -> None:
    reading = desk.read(document)
    assert reading.zone.lines == zone_lines(document.document)
    assert reading.identity.proof.data_authentic is Verdict.YES
    assert reading.identity.proof.signer_trusted is Verdict.YES


@pytest.mark.parametrize("variant", PACE_VARIANTS, ids=lambda it: "-".join(map(str, it)))
def test_every_variant_of_pace(desk: Desk, variant: tuple[str, str, str, int]) -> None:
    names = ("mapping", "key_agreement", "cipher", "domain_parameters")
    document = specimen({"bac": False, "pace": [dict(zip(names, variant, strict=True))]})
    assert desk.read(document).access.startswith("PACE")


@pytest.mark.parametrize("base", [PACE, AA], ids=["PACE + CA", "BAC + AA"])
@pytest.mark.parametrize("extended", [True, False], ids=["extended", "short"])
@pytest.mark.parametrize("quirks", ONE_AT_A_TIME, ids=str)
def test_every_quirk(
    desk: Desk, quirks: dict[str, object], extended: bool, base: dict[str, object]
) -> None:
    document = specimen(base | {"extended_length": extended, "quirks": quirks})
    assert_proven(desk.read(document))


def test_a_response_of_many_kilobytes_passes(desk: Desk) -> None:
    document = specimen({"data_groups": [2], "portrait_bytes": 40_000})
    reading = desk.read(document, data_groups=frozenset({2}))
    assert len(reading.data_groups[2]) > 40_000
    assert reading.identity.proof.data_authentic is Verdict.YES


def test_a_card_in_use_is_not_shared(desk: Desk) -> None:
    with desk.in_use(), pytest.raises(CardSilent, match="another program"):
        desk.read(specimen({}))
    assert desk.read(specimen({})).access == "BAC"


@pytest.mark.usefixtures("desk")
def test_an_empty_slot_has_no_card() -> None:
    readers = PcscReaders(READER)
    empty = readers.names()[1]
    try:
        with pytest.raises(CardRemoved):
            readers.connect(empty)
        with pytest.raises(ReaderUnavailable):
            readers.connect(f"{READER} that is not there")
    finally:
        readers.close()
