"""What reading a chip costs: commands and bytes on the line, and computing time of the host.

The card is the virtual one, in process; its own computing is measured and left out.
"""

import time
from datetime import UTC, datetime
from typing import Any

from devices.chip.access.credentials import Credentials
from devices.chip.personalisation import personalise
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.procedure import read_chip
from devices.chip.reading import ChipReading, ReadRequest
from devices.chip.virtual.card import VirtualCard
from devices.chip.virtual.content import CardContent
from devices.chip.virtual.transport import PROFILES, VirtualTransport
from devices.documents.identity import Verdict
from devices.documents.specimen import SPECIMENS, Specimen, load

RUNS = 7
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

_GM = {"mapping": "GM", "key_agreement": "ECDH", "cipher": "AES-128", "domain_parameters": 13}
_CA = {"key_agreement": "ECDH", "cipher": "AES-128", "domain_parameters": 13}
_RSA = {"algorithm": "RSA", "modulus_bits": 1536, "hash": "SHA-256"}

CHIPS: dict[str, dict[str, Any]] = {
    "bac": {},
    "bac_aa": {"active_authentication": _RSA},
    "pace_ca": {"pace": [_GM], "chip_authentication": [_CA]},
    "pace_cam": {"pace": [_GM | {"mapping": "CAM"}]},
    "pace_im": {"pace": [_GM | {"mapping": "IM"}], "chip_authentication": [_CA]},
    "pace_dh": {
        "pace": [_GM | {"key_agreement": "DH", "domain_parameters": 2}],
        "chip_authentication": [_CA | {"key_agreement": "DH", "domain_parameters": 2}],
    },
    "pace_ca_p521": {
        "pace": [_GM | {"cipher": "AES-256", "domain_parameters": 18}],
        "chip_authentication": [_CA | {"cipher": "AES-256", "domain_parameters": 18}],
    },
}


class _TimedCard(VirtualCard):
    """Keeps the time that the card itself computes."""

    seconds = 0.0

    def process(self, apdu: bytes) -> bytes:
        begin = time.process_time()
        reply = super().process(apdu)
        self.seconds += time.process_time() - begin
        return reply


def measure() -> dict[str, tuple[float, str]]:
    """Figures by protocol, for cards with extended length and without."""
    pki = SpecimenPki()
    figures: dict[str, tuple[float, str]] = {}
    for name, chip in CHIPS.items():
        for form, extended in (("extended", True), ("short", False)):
            document = _document(chip | {"extended_length": extended})
            figures |= _reading(f"chip.{name}.{form}", document, personalise(document, pki), pki)
    document = _document(CHIPS["pace_ca"])
    figures |= _over_latency(document, personalise(document, pki), pki)
    return figures


def _document(chip: dict[str, Any]) -> Specimen:
    """A specimen with other protocols; issuer and signer stay as they are."""
    found = load(SPECIMENS / "lindqvist-utopia.json").model_dump()
    found["chip"] = {"data_groups": [2], "signer": found["chip"]["signer"]} | chip
    return Specimen.model_validate(found)


def _read(
    card: VirtualTransport, content: CardContent, pki: SpecimenPki, *, provable: bool
) -> ChipReading:
    request = ReadRequest(Credentials(content.mrz, content.can), pki.trust_store(), NOW)
    reading = read_chip(card, request)
    proof = reading.identity.proof
    verdicts = {proof.data_authentic, proof.signer_trusted}
    if verdicts != {Verdict.YES} or (proof.chip_genuine is not Verdict.YES and provable):
        raise RuntimeError(f"the benchmark's document is not proven: {proof.reasons}")
    return reading


def _reading(
    name: str, document: Specimen, content: CardContent, pki: SpecimenPki
) -> dict[str, tuple[float, str]]:
    assert document.chip is not None
    provable = name.split(".")[1] != "bac"
    host = []
    cost = None
    for _ in range(RUNS):
        card = _TimedCard(content, document.chip)
        begin = time.process_time()
        cost = _read(VirtualTransport(card), content, pki, provable=provable).cost
        host.append(time.process_time() - begin - card.seconds)
    assert cost is not None
    return {
        f"{name}.apdus": (cost.apdus, "commands"),
        f"{name}.bytes": (cost.bytes_sent + cost.bytes_received, "bytes"),
        f"{name}.host": (min(host) * 1000, "ms"),
    }


def _over_latency(
    document: Specimen, content: CardContent, pki: SpecimenPki
) -> dict[str, tuple[float, str]]:
    """How much longer a reading takes than a fast chip and its reader do by themselves.

    Their time is what the waits really took: a busy machine wakes up a millisecond or two late,
    and that is neither the kiosk's computing nor the profile's.
    """
    assert document.chip is not None
    runs = []
    for _ in range(RUNS):
        own = 0.0

        def sleep(seconds: float) -> None:
            nonlocal own
            asleep = time.perf_counter()
            time.sleep(seconds)
            own += time.perf_counter() - asleep

        card = _TimedCard(content, document.chip)
        begin = time.perf_counter()
        _read(
            VirtualTransport(card, latency=PROFILES["fast"], sleep=sleep),
            content,
            pki,
            provable=True,
        )
        runs.append((time.perf_counter() - begin - card.seconds, own))
    whole, own = min(runs, key=lambda run: run[0] / run[1])
    return {
        "chip.pace_ca.fast.whole": (whole * 1000, "ms"),
        "chip.pace_ca.fast.latency": (own * 1000, "ms"),
        "chip.pace_ca.fast.over_latency": ((whole / own - 1) * 100, "%"),
    }
