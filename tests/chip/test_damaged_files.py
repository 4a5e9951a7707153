"""Chips whose files are in order but for one object: no exception but ours, and no hang."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.chip.access.credentials import Credentials
from devices.chip.errors import ChipError
from devices.chip.lds import files
from devices.chip.pki import certificate, crl, keys
from devices.chip.procedure import read_chip
from devices.chip.virtual.card import VirtualCard
from devices.chip.virtual.transport import VirtualTransport
from devices.documents.identity import Verdict
from tests.chip import cards, damage, pki_world

DOCUMENTS = {
    "active authentication": cards.specimen({"active_authentication": {"algorithm": "RSA"}}),
    "PACE": cards.specimen({"pace": [{}, {"cipher": "AES-256"}], "chip_authentication": [{}]}),
    "CAM": cards.specimen({"pace": [{"mapping": "CAM"}]}),
}
FILES = {
    "active authentication": (files.EF_SOD, files.file_id(1), files.file_id(15)),
    "PACE": (files.EF_CARD_ACCESS, files.EF_SOD, files.file_id(14)),
    "CAM": (files.EF_CARD_ACCESS, files.EF_CARD_SECURITY),
}
SIGNED = frozenset(map(files.file_id, (1, 14, 15)))
CASES = [(name, file_id) for name, ids in FILES.items() for file_id in ids]


def _with(contents: Mapping[int, bytes], file_id: int, data: bytes) -> dict[int, bytes]:
    return {number: data if number == file_id else old for number, old in contents.items()}


@pytest.mark.parametrize(("name", "file_id"), CASES)
@given(at=st.integers(0, 10_000), change=st.sampled_from(damage.CHANGES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_object_of_a_file_is_damaged(
    name: str, file_id: int, at: int, change: damage.Change
) -> None:
    document = DOCUMENTS[name]
    content = cards.content_of(document)
    held = {**content.master_files, **content.application_files}[file_id]
    found = damage.damaged(held, at % damage.count(held), change)
    damaged = replace(
        content,
        master_files=_with(content.master_files, file_id, found),
        application_files=_with(content.application_files, file_id, found),
    )
    card = VirtualTransport(VirtualCard(damaged, cards.spec_of(document)))
    wanted = replace(cards.request(document), credentials=Credentials(content.mrz))
    try:
        reading = read_chip(card, wanted)
    except ChipError:
        return
    proof = reading.identity.proof
    if file_id in SIGNED and not found:
        assert proof.chip_genuine is Verdict.NO
    elif file_id in SIGNED and not found.startswith(held):
        assert proof.data_authentic is Verdict.NO


@given(at=st.integers(0, 10_000), change=st.sampled_from(damage.CHANGES))
@settings(max_examples=150, deadline=None)
def test_one_object_of_a_certificate_or_list_is_damaged(at: int, change: damage.Change) -> None:
    signer, csca = pki_world.signer().certificate, pki_world.csca().certificate
    for raw in (signer.raw, csca.raw):
        found = damage.damaged(raw, at % damage.count(raw), change)
        for parse in (certificate.parse, crl.parse):
            try:
                item = parse(found)
                repr(item)
                item.signed_by(csca)
            except ChipError:
                continue
        try:
            keys.load_public_key(found)
        except ChipError:
            continue
