"""What real documents do beyond or against the standards: every quirk is survived."""

from typing import Any

import pytest

from devices.chip.access.credentials import Credentials, MrzCredentials
from devices.chip.errors import AccessDenied, AccessFailed, CardSilent, ChipError
from devices.chip.guarded_transport import Direction
from devices.chip.lds import files
from devices.chip.procedure import read_chip
from devices.chip.reading import ChipReading, Hooks
from devices.chip.virtual.card import VirtualCard
from devices.chip.virtual.content import CardContent, ChipKey
from devices.chip.virtual.file_system import extended_length_information
from devices.chip.virtual.transport import Faults, VirtualTransport
from devices.documents.identity import Verdict
from devices.documents.specimen import Specimen
from devices.documents.specimen_chip import Quirks
from tests.chip.cards import card, content_of, request, spec_of, specimen, transport

PACE: dict[str, Any] = {"pace": [{}], "chip_authentication": [{}]}
AA: dict[str, Any] = {"active_authentication": {"algorithm": "RSA", "modulus_bits": 1024}}


def read(document: Specimen, **faults: Any) -> ChipReading:
    return read_chip(transport(document, **faults), request(document))


def assert_proven(reading: ChipReading) -> None:
    proof = reading.identity.proof
    assert proof.data_authentic is Verdict.YES, proof.reasons
    assert proof.signer_trusted is Verdict.YES, proof.reasons
    assert proof.chip_genuine is Verdict.YES, proof.reasons


def quirky(base: dict[str, Any], **quirks: Any) -> Specimen:
    return specimen(base | {"quirks": quirks})


ONE_AT_A_TIME: list[dict[str, Any]] = [
    *({"select_mf": value} for value in ("6A81", "6982", "6A86", "6A87", "6985", "ignored")),
    *({"select_mf_form": value} for value in ("empty", "3F00")),
    {"card_access_warning": True},
    {"refuses_le_on_select": True},
    *({"end_of_file": value} for value in ("6282", "6700", "6B00", "6CXX")),
    *({"end_of_file": v, "session_ends_on_error": True} for v in ("6700", "6B00", "6CXX")),
    {"session_ends_on_error": True},
    {"active_authentication_truncated": True},
    {"sod_encoding": "BER"},
    {"sod_content_type": "id-data"},
    {"sod_content_type": "legacy"},
    {"dg14_unsorted": True},
]


@pytest.mark.parametrize("extended", [True, False], ids=["extended", "short"])
@pytest.mark.parametrize("short_ids", [True, False], ids=["by short id", "by SELECT"])
@pytest.mark.parametrize("base", [PACE, AA], ids=["PACE + CA", "BAC + AA"])
@pytest.mark.parametrize("quirks", ONE_AT_A_TIME, ids=str)
def test_documents_with_a_quirk_are_read_and_proven(
    quirks: dict[str, Any], base: dict[str, Any], short_ids: bool, extended: bool
) -> None:
    chip = base | {"extended_length": extended, "short_file_identifiers": short_ids}
    assert_proven(read(quirky(chip, **quirks)))


def test_every_quirk_has_a_test() -> None:
    tested = {name for quirks in ONE_AT_A_TIME for name in quirks}
    elsewhere = {"bac_refusal", "wrong_credentials", "extended_length_desynchronises"}
    assert tested | elsewhere == set(Quirks.model_fields)


# -- 1: no downgrade -------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [3, 4, 5, 6, 7])
@pytest.mark.parametrize("reply", ["6982", "6A80", "6F00", "6A88", "7C029000", "9000"])
def test_a_failed_pace_does_not_become_bac(step: int, reply: str) -> None:
    document = specimen(PACE)
    garbled = transport(document, faults=Faults(replies={step: bytes.fromhex(reply)}))
    sent: list[bytes] = []
    hooks = Hooks(trace=lambda way, data: sent.append(data) if way is Direction.SENT else None)
    only_mrz = Credentials(content_of(document).mrz)
    if (step, reply) == (3, "9000"):
        return  # what MSE is to be answered with
    with pytest.raises((AccessFailed, AccessDenied)):
        read_chip(garbled, request(document, credentials=only_mrz), hooks)
    assert not any(apdu[1] == 0x84 for apdu in sent), "GET CHALLENGE belongs to BAC"


def test_a_garbled_card_access_does_not_become_bac() -> None:
    document = specimen(PACE)
    card = transport(document, faults=Faults(replies={1: b"\x31\x05\x30\x03\x02\x01\x00\x90\x00"}))
    with pytest.raises(ChipError):
        read_chip(card, request(document))


def test_another_variant_of_pace_is_tried_where_the_best_one_fails() -> None:
    document = specimen(PACE | {"pace": [{"cipher": "AES-256"}, {"cipher": "AES-128"}]})
    reading = read(document, faults=Faults(replies={3: b"\x6a\x80"}))
    assert reading.access == "PACE ECDH-GM AES-128"
    assert_proven(reading)


def test_pace_that_is_hidden_behind_select_mf_is_found_when_dg14_names_it() -> None:
    document = specimen(PACE)
    reading = read(document, faults=Faults(replies={1: b"\x6a\x82"}))
    assert reading.access.startswith("PACE")
    assert_proven(reading)


def without_card_access(document: Specimen) -> VirtualTransport:
    content = content_of(document)
    stripped = CardContent(
        {},
        content.application_files,
        content.mrz,
        content.can,
        content.chip_authentication_keys,
    )
    return VirtualTransport(VirtualCard(stripped, spec_of(document)))


def test_bac_in_spite_of_a_dg14_with_pace_is_said() -> None:
    document = specimen(PACE)
    reading = read_chip(without_card_access(document), request(document))
    assert reading.access == "BAC"
    assert any("did not offer it" in reason for reason in reading.identity.proof.reasons)


# -- 2: extended length ----------------------------------------------------------------------------


def extended_commands(document: Specimen, card: VirtualTransport) -> int:
    sent: list[bytes] = []
    hooks = Hooks(trace=lambda way, data: sent.append(data) if way is Direction.SENT else None)
    assert_proven(read_chip(card, request(document), hooks))
    return sum(len(apdu) > 5 and apdu[4] == 0 for apdu in sent)


@pytest.mark.parametrize("base", [PACE, AA], ids=["PACE + CA", "BAC + AA"])
def test_extended_length_is_not_probed(base: dict[str, Any]) -> None:
    """A Chinese passport counts the command that it does not understand."""
    document = quirky(base | {"extended_length": False}, extended_length_desynchronises=True)
    assert extended_commands(document, transport(document)) == 0


def test_extended_length_is_used_where_ef_atr_info_says_so() -> None:
    document = specimen(PACE)
    assert extended_commands(document, transport(document)) > 0


def test_extended_length_is_used_where_the_atr_says_so() -> None:
    document = specimen(AA)
    content = content_of(document)
    master = {files.EF_ATR_INFO: b"\x47\x03\x80\x00\x00"}
    silent = CardContent(
        master,
        content.application_files,
        content.mrz,
        active_authentication_key=content.active_authentication_key,
    )
    says_so = bytes.fromhex("3B8880010073C84053009000F1")
    speaking = VirtualCard(silent, spec_of(document), says_so)
    mute = VirtualCard(silent, spec_of(document))
    assert extended_commands(document, VirtualTransport(speaking)) > 0
    assert extended_commands(document, VirtualTransport(mute)) == 0


@pytest.mark.parametrize("desynchronises", [True, False])
@pytest.mark.parametrize("base", [PACE, AA], ids=["PACE + CA", "BAC + AA"])
def test_a_card_that_says_extended_length_and_has_it_not_is_read(
    base: dict[str, Any], desynchronises: bool
) -> None:
    document = quirky(
        base | {"extended_length": False}, extended_length_desynchronises=desynchronises
    )
    content = content_of(document)
    master = {**content.master_files, files.EF_ATR_INFO: extended_length_information()}
    boasting = CardContent(
        master,
        content.application_files,
        content.mrz,
        content.can,
        content.chip_authentication_keys,
        content.mapping_key,
        content.active_authentication_key,
    )
    card = VirtualTransport(VirtualCard(boasting, spec_of(document)))
    assert_proven(read_chip(card, request(document)))


class OldReader(VirtualTransport):
    """A reader that passes no extended length on, though the card would take it."""

    def transmit(self, apdu: bytes) -> bytes:
        if len(apdu) > 5 and apdu[4] == 0:
            raise CardSilent("sending a command: transaction failed")
        return super().transmit(apdu)


@pytest.mark.parametrize("base", [PACE, AA], ids=["PACE + CA", "BAC + AA"])
def test_a_reader_without_extended_length_is_found_out(base: dict[str, Any]) -> None:
    document = specimen(base)
    assert_proven(read_chip(OldReader(card(document)), request(document)))


# -- 3: long signatures ----------------------------------------------------------------------------


def test_a_signature_longer_than_a_short_response_comes_whole_in_extended_length() -> None:
    long_key = {"active_authentication": {"algorithm": "RSA", "modulus_bits": 2432}}
    assert_proven(read(quirky(long_key, active_authentication_truncated=True)))


@pytest.mark.parametrize("truncated", [True, False])
def test_a_signature_that_cannot_come_whole_proves_nothing_either_way(truncated: bool) -> None:
    long_key = {
        "active_authentication": {"algorithm": "RSA", "modulus_bits": 2432},
        "extended_length": False,
    }
    proof = read(quirky(long_key, active_authentication_truncated=truncated)).identity.proof
    assert proof.data_authentic is Verdict.YES
    assert proof.chip_genuine is Verdict.UNKNOWN
    assert any("does not fit" in reason for reason in proof.reasons)


# -- 4: PACE only ----------------------------------------------------------------------------------


@pytest.mark.parametrize("refusal", ["6A88", "6982", "6D00"])
def test_a_chip_without_bac_gives_card_access_only_after_select_mf(refusal: str) -> None:
    document = quirky(PACE | {"bac": False}, bac_refusal=refusal)
    # The first look says that there is no EF.CardAccess, and BAC is refused.
    reading = read(document, faults=Faults(replies={1: b"\x6a\x82"}))
    assert reading.access.startswith("PACE")
    assert_proven(reading)


# -- 6: sessions that end --------------------------------------------------------------------------


@pytest.mark.parametrize("base", [PACE, AA], ids=["PACE + CA", "BAC + AA"])
def test_a_session_lost_once_is_established_again(base: dict[str, Any]) -> None:
    document = specimen(base)
    total = read(document).cost.apdus
    first_protected = 8 if base is PACE else 6
    for at in range(first_protected, total + 1):
        reading = read(document, faults=Faults(replies={at: b"\x69\x88"}))
        assert reading.identity.proof.data_authentic is Verdict.YES


def test_a_card_that_loses_every_session_ends_in_an_error() -> None:
    document = specimen(PACE)
    faults = Faults(replies=dict.fromkeys(range(8, 500), b"\x69\x88"))
    card = transport(document, faults=faults)
    with pytest.raises(ChipError):
        read_chip(card, request(document))
    assert card.count < 200


def lost_at(*commands: int) -> Verdict:
    document = specimen(PACE)
    faults = Faults(replies=dict.fromkeys(commands, b"\x6b\x00"))
    proof = read(document, faults=faults).identity.proof
    assert proof.data_authentic is Verdict.YES
    if proof.chip_genuine is Verdict.UNKNOWN:
        assert any("was not completed" in reason for reason in proof.reasons)
    return proof.chip_genuine


def test_a_proof_that_lapsed_with_its_session_is_run_once_more() -> None:
    """The read after chip authentication asks for too much, and costs the session."""
    first = read(specimen(PACE)).cost.apdus
    # PACE and SELECT; DG1 in two reads; chip authentication; the next read.
    again = first + 6 + 2 + 2 + 1
    assert lost_at(first) is Verdict.YES
    assert lost_at(first, again) is Verdict.UNKNOWN


# -- 8: key ids ------------------------------------------------------------------------------------


def test_the_chip_authentication_key_is_chosen_by_its_id() -> None:
    document = specimen(
        {
            "chip_authentication": [
                {"cipher": "3DES", "domain_parameters": 12, "key_id": 1},
                {"cipher": "AES-256", "domain_parameters": 17, "key_id": 300},
            ]
        }
    )
    reading = read(document)
    assert reading.chip_proof == "chip authentication ECDH AES-256"
    assert_proven(reading)


# -- 12: wrong credentials, copies -----------------------------------------------------------------


@pytest.mark.parametrize("sw", ["6300", "6982", "6988"])
@pytest.mark.parametrize("base", [PACE, AA], ids=["PACE", "BAC"])
def test_wrong_credentials_are_told_from_other_failures(base: dict[str, Any], sw: str) -> None:
    document = quirky(base, wrong_credentials=sw)
    wrong = Credentials(MrzCredentials("X123456", "740812", "320415"))
    with pytest.raises(AccessDenied):
        read_chip(transport(document), request(document, credentials=wrong))


def test_a_document_without_any_proof_is_authentic_but_not_genuine() -> None:
    proof = read(specimen({})).identity.proof
    assert proof.data_authentic is Verdict.YES
    assert proof.chip_genuine is Verdict.UNKNOWN
    assert any("no means" in reason for reason in proof.reasons)


def copied(document: Specimen) -> VirtualTransport:
    """A chip with the files of a document, but keys of its own."""
    content = content_of(document)
    other = content_of(Specimen.model_validate(document.model_dump() | {"name": "copy"}))
    return VirtualTransport(
        VirtualCard(
            CardContent(
                content.master_files,
                content.application_files,
                content.mrz,
                content.can,
                tuple(
                    ChipKey(key.parameters, key.private, key.key_id)
                    for key in other.chip_authentication_keys
                ),
                other.mapping_key,
                other.active_authentication_key,
            ),
            spec_of(document),
        )
    )


@pytest.mark.parametrize(
    "base",
    [
        PACE,
        AA,
        {"chip_authentication": [{"cipher": "3DES"}]},
        {"active_authentication": {"algorithm": "ECDSA"}},
        {"pace": [{"mapping": "CAM"}]},
    ],
    ids=["CA", "AA RSA", "CA 3DES", "AA ECDSA", "CAM"],
)
def test_a_copied_chip_is_found_out_and_its_data_still_read(base: dict[str, Any]) -> None:
    document = specimen(base)
    proof = read_chip(copied(document), request(document)).identity.proof
    assert proof.data_authentic is Verdict.YES
    assert proof.signer_trusted is Verdict.YES
    assert proof.chip_genuine is Verdict.NO, proof.reasons


def test_altered_data_is_found_out() -> None:
    document = specimen(PACE)
    content = content_of(document)
    forged = dict(content.application_files)
    other = content_of(specimen(PACE, {"primary_identifier": "IMPOSTOR"}))
    forged[files.file_id(1)] = other.application_files[files.file_id(1)]
    card = VirtualCard(
        CardContent(
            content.master_files,
            forged,
            content.mrz,
            content.can,
            content.chip_authentication_keys,
        ),
        spec_of(document),
    )
    proof = read_chip(VirtualTransport(card), request(document)).identity.proof
    assert proof.data_authentic is Verdict.NO
    assert proof.chip_genuine is not Verdict.YES
