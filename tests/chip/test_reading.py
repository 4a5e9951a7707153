"""Reading whole documents: every specimen, every protocol, in process."""

from typing import Any

import pytest

from devices.chip.access.credentials import CanCredentials, Credentials, MrzCredentials
from devices.chip.errors import (
    AccessDenied,
    AccessFailed,
    CardRemoved,
    CardSilent,
    ChipError,
    MrzMismatch,
    ReadingCancelled,
)
from devices.chip.guarded_transport import Direction
from devices.chip.pki.trust_store import TrustStore
from devices.chip.procedure import read_chip
from devices.chip.reading import Hooks, Step
from devices.chip.virtual.transport import Faults
from devices.documents.identity import Source, Verdict
from devices.documents.mrz import parse as parse_zone
from devices.documents.specimen import Specimen, load_all
from devices.documents.specimen_zone import zone_fields, zone_lines
from tests.chip.cards import NOW, by_name, request, specimen, transport

CHIPPED = {name: item for name, item in load_all().items() if item.chip is not None}

BAC_AND_AA = specimen({"active_authentication": {"algorithm": "RSA", "modulus_bits": 2048}})
PACE_AND_CA = specimen({"pace": [{}], "chip_authentication": [{}]})
DOCUMENTS = {"BAC + AA": BAC_AND_AA, "PACE + CA": PACE_AND_CA}


@pytest.mark.parametrize("document", CHIPPED.values(), ids=CHIPPED)
def test_every_specimen_is_read_and_its_data_proven(document: Specimen) -> None:
    chip = document.chip
    assert chip is not None
    reading = read_chip(transport(document), request(document))
    fields = zone_fields(document.document)
    assert reading.identity.source is Source.CHIP
    assert reading.identity.document_number == fields.document_number
    assert reading.zone.lines == zone_lines(document.document)
    assert reading.identity.proof.data_authentic is Verdict.YES, reading.identity.proof.reasons
    assert reading.identity.proof.signer_trusted is Verdict.YES, reading.identity.proof.reasons
    assert reading.access.startswith("PACE" if chip.pace else "BAC")
    provable = chip.chip_authentication or chip.active_authentication
    expected = Verdict.YES if provable else Verdict.UNKNOWN
    assert reading.identity.proof.chip_genuine is expected, reading.identity.proof.reasons


PACE_VARIANTS = [
    ("GM", "ECDH", cipher, parameters)
    for cipher, parameters in [
        ("3DES", 8), ("AES-128", 9), ("AES-192", 10), ("AES-256", 11), ("AES-128", 12),
        ("AES-192", 13), ("3DES", 14), ("AES-256", 15), ("AES-128", 16), ("AES-256", 17),
        ("AES-256", 18),
    ]
] + [
    ("IM", "ECDH", "3DES", 8), ("IM", "ECDH", "AES-192", 11), ("IM", "ECDH", "AES-256", 14),
    ("IM", "ECDH", "AES-128", 18), ("CAM", "ECDH", "AES-128", 12), ("CAM", "ECDH", "AES-192", 13),
    ("CAM", "ECDH", "AES-256", 18), ("CAM", "ECDH", "AES-256", 14),
    ("GM", "DH", "3DES", 0), ("GM", "DH", "AES-128", 1), ("GM", "DH", "AES-256", 2),
    ("IM", "DH", "3DES", 2), ("IM", "DH", "AES-192", 0), ("IM", "DH", "AES-256", 1),
]  # fmt: skip


@pytest.mark.parametrize("variant", PACE_VARIANTS, ids=lambda it: "-".join(map(str, it)))
def test_pace_in_every_variant(variant: tuple[str, str, str, int]) -> None:
    mapping, agreement, cipher, parameters = variant
    document = specimen(
        {
            "bac": False,
            "pace": [
                {
                    "mapping": mapping,
                    "key_agreement": agreement,
                    "cipher": cipher,
                    "domain_parameters": parameters,
                }
            ],
        }
    )
    reading = read_chip(transport(document), request(document))
    assert reading.access == f"PACE {agreement}-{mapping} {cipher}"
    expected = Verdict.YES if mapping == "CAM" else Verdict.UNKNOWN
    assert reading.identity.proof.chip_genuine is expected, reading.identity.proof.reasons
    assert reading.chip_proof == ("PACE-CAM" if mapping == "CAM" else "")


@pytest.mark.parametrize("mapping", ["GM", "IM"])
def test_pace_with_long_numbers_goes_in_chains_without_extended_length(mapping: str) -> None:
    spec = {"mapping": mapping, "key_agreement": "DH", "domain_parameters": 2}
    document = specimen({"bac": False, "pace": [spec], "extended_length": False})
    sent: list[bytes] = []
    hooks = Hooks(trace=lambda way, data: sent.append(data) if way is Direction.SENT else None)
    reading = read_chip(transport(document), request(document), hooks)
    assert reading.access == f"PACE DH-{mapping} AES-128"
    assert all(len(apdu) <= 5 + 255 + 1 for apdu in sent)


def test_the_chip_is_told_which_parameters_are_meant_where_it_has_several() -> None:
    document = specimen({"pace": [{"domain_parameters": 12}, {"domain_parameters": 13}]})
    sent: list[bytes] = []
    hooks = Hooks(trace=lambda way, data: sent.append(data) if way is Direction.SENT else None)
    read_chip(transport(document), request(document), hooks)
    (template,) = (apdu for apdu in sent if apdu[1:4] == b"\x22\xc1\xa4")
    assert template.endswith(bytes.fromhex("84010C"))


@pytest.mark.parametrize("extended", [True, False], ids=["extended", "short"])
@pytest.mark.parametrize("cipher", ["3DES", "AES-128", "AES-192", "AES-256"])
@pytest.mark.parametrize(("agreement", "parameters"), [("ECDH", 13), ("DH", 0), ("DH", 2)])
def test_chip_authentication_in_every_variant(
    agreement: str, parameters: int, cipher: str, extended: bool
) -> None:
    document = specimen(
        {
            "extended_length": extended,
            "chip_authentication": [
                {"key_agreement": agreement, "cipher": cipher, "domain_parameters": parameters}
            ],
        }
    )
    reading = read_chip(transport(document), request(document))
    assert reading.identity.proof.chip_genuine is Verdict.YES, reading.identity.proof.reasons
    assert reading.chip_proof == f"chip authentication {agreement} {cipher}"


@pytest.mark.parametrize(
    "spec",
    [
        {"algorithm": "RSA", "modulus_bits": bits, "hash": hash_name}
        for bits, hash_name in [(1024, "SHA-1"), (1280, "SHA-224"), (1536, "SHA-256"),
                                (2048, "SHA-384"), (3072, "SHA-512")]
    ]
    + [
        {"algorithm": "ECDSA", "curve": curve, "hash": hash_name, "signature": form}
        for curve, hash_name, form in [(8, "SHA-1", "plain"), (10, "SHA-224", "DER"),
                                       (12, "SHA-256", "plain"), (14, "SHA-256", "DER"),
                                       (16, "SHA-384", "plain"), (18, "SHA-512", "DER")]
    ],
    ids=lambda it: "-".join(map(str, it.values())),
)  # fmt: skip
def test_active_authentication_in_every_variant(spec: dict[str, Any]) -> None:
    document = specimen({"active_authentication": spec})
    reading = read_chip(transport(document), request(document))
    assert reading.identity.proof.chip_genuine is Verdict.YES, reading.identity.proof.reasons


@pytest.mark.parametrize(
    ("document", "most"),
    [(PACE_AND_CA, 17), (BAC_AND_AA, 10)],
    ids=["CardAccess + PACE + CA + DG1 + SOD + DG14", "BAC + AA"],
)
def test_a_reading_takes_few_commands(document: Specimen, most: int) -> None:
    assert read_chip(transport(document), request(document)).cost.apdus <= most


def test_pace_is_run_with_the_can_alone() -> None:
    content = request(PACE_AND_CA).credentials
    wanted = request(PACE_AND_CA, credentials=Credentials(can=content.can))
    assert read_chip(transport(PACE_AND_CA), wanted).identity.document_number == "L898902C3"


def test_the_can_is_tried_where_the_mrz_is_not_accepted() -> None:
    both = Credentials(MrzCredentials("X123456", "740812", "320415"), CanCredentials("500540"))
    reading = read_chip(transport(PACE_AND_CA), request(PACE_AND_CA, credentials=both))
    assert reading.identity.document_number == "L898902C3"


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_wrong_mrz_is_access_denied(document: Specimen) -> None:
    wrong = Credentials(MrzCredentials("X123456", "740812", "320415"))
    with pytest.raises(AccessDenied):
        read_chip(transport(document), request(document, credentials=wrong))


def test_a_can_does_not_open_bac() -> None:
    only_can = Credentials(can=CanCredentials("500540"))
    with pytest.raises(AccessFailed, match="needs the MRZ"):
        read_chip(transport(BAC_AND_AA), request(BAC_AND_AA, credentials=only_can))


def test_without_a_trust_store_the_signer_is_unknown_but_the_data_is_whole() -> None:
    reading = read_chip(transport(PACE_AND_CA), request(PACE_AND_CA, trust=TrustStore()))
    proof = reading.identity.proof
    assert proof.data_authentic is Verdict.YES
    assert proof.signer_trusted is Verdict.UNKNOWN


def test_the_cameras_zone_is_compared_with_the_chips() -> None:
    zone = parse_zone(zone_lines(PACE_AND_CA.document), today=NOW.date())
    reading = read_chip(transport(PACE_AND_CA), request(PACE_AND_CA, camera_zone=zone))
    assert reading.zone_matches_camera is Verdict.YES


def test_another_zone_on_the_page_than_in_the_chip_is_a_failure_of_its_own() -> None:
    other = specimen({}, {"primary_identifier": "ERIKSEN"})
    zone = parse_zone(zone_lines(other.document), today=NOW.date())
    with pytest.raises(MrzMismatch):
        read_chip(transport(PACE_AND_CA), request(PACE_AND_CA, camera_zone=zone))


def test_data_groups_are_handed_out_only_when_asked_for() -> None:
    document = by_name("lindqvist-utopia")
    assert read_chip(transport(document), request(document)).data_groups == {}
    wanted = frozenset({2, 11, 13})
    reading = read_chip(transport(document), request(document, data_groups=wanted))
    assert set(reading.data_groups) == {2, 11}
    assert reading.absent_data_groups == {13}
    assert len(reading.data_groups[2]) > 10_000
    assert reading.identity.proof.data_authentic is Verdict.YES


def test_files_beyond_32_kilobytes_are_read() -> None:
    document = specimen({"data_groups": [2], "portrait_bytes": 40_000, "extended_length": False})
    reading = read_chip(transport(document), request(document, data_groups=frozenset({2})))
    assert len(reading.data_groups[2]) > 40_000
    assert reading.identity.proof.data_authentic is Verdict.YES


def test_progress_names_every_step_and_never_falls() -> None:
    seen: list[tuple[Step, float]] = []
    hooks = Hooks(on_step=lambda step, fraction: seen.append((step, fraction)))
    read_chip(transport(PACE_AND_CA), request(PACE_AND_CA), hooks)
    assert list(dict.fromkeys(step for step, _ in seen)) == list(Step)
    fractions = [fraction for _, fraction in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_reading_can_be_called_off_before_every_command(document: Specimen) -> None:
    total = read_chip(transport(document), request(document)).cost.apdus
    for allowed in range(total):
        card = transport(document)
        hooks = Hooks(cancelled=lambda card=card, allowed=allowed: card.count >= allowed)  # type: ignore[misc] # bound now
        with pytest.raises(ReadingCancelled):
            read_chip(card, request(document), hooks)
        assert card.count == allowed


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_card_torn_away_at_any_command_ends_the_reading_at_once(document: Specimen) -> None:
    total = read_chip(transport(document), request(document)).cost.apdus
    for at in range(1, total + 1):
        card = transport(document, faults=Faults(tear_at=at))
        with pytest.raises(CardRemoved):
            read_chip(card, request(document))
        assert card.count == at, "nothing is sent to a card that is gone"


@pytest.mark.parametrize("base", [{}, {"pace": [{}], "chip_authentication": [{}]}])
def test_a_card_that_falls_silent_ends_the_reading(base: dict[str, Any]) -> None:
    document = specimen(base | {"extended_length": False})
    total = read_chip(transport(document), request(document)).cost.apdus
    for at in range(1, total + 1):
        with pytest.raises(CardSilent):
            read_chip(transport(document, faults=Faults(silent_at=at)), request(document))


def test_no_log_and_no_error_holds_personal_data(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    secrets = ("L898902C3", "ERIKSSON", "740812", "500540")
    for reply in ("6300", "9000", "6982", "00" * 40 + "9000", "61129000"):
        for at in range(1, 14):
            faults = Faults(replies={at: bytes.fromhex(reply)})
            said = []
            try:
                read_chip(transport(PACE_AND_CA, faults=faults), request(PACE_AND_CA))
            except ChipError as error:
                said.append(str(error))
            assert not any(secret in text for secret in secrets for text in said)
    assert not any(secret in caplog.text for secret in secrets)


def test_a_trace_sees_what_passes_and_costs_are_counted() -> None:
    passed: list[tuple[Direction, bytes]] = []
    hooks = Hooks(trace=lambda direction, data: passed.append((direction, data)))
    reading = read_chip(transport(BAC_AND_AA), request(BAC_AND_AA), hooks)
    sent = [data for direction, data in passed if direction is Direction.SENT]
    assert len(sent) == reading.cost.apdus
    assert sum(map(len, sent)) == reading.cost.bytes_sent
