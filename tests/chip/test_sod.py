from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip import tlv
from devices.chip.errors import ChipError
from devices.chip.lds import dg1
from devices.chip.pki import algorithms, card_security, cms, passive_authentication, sign, sod
from devices.chip.pki.errors import MalformedPkiData, SignatureInvalid
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict
from devices.documents.specimen_chip import Quirks, SignerSpec
from tests.chip import pki_world as world

DG1 = dg1.build(world.MRZ)
GROUPS = {1: DG1, 11: b"\x6b\x00", 14: b"\x6e\x02\x31\x00"}


def _sod(spec: SignerSpec = world.FAST, quirks: Quirks | None = None) -> bytes:
    return sign.build_sod(GROUPS, world.signer(spec), lds_version="1.7", quirks=quirks)


@pytest.mark.parametrize("encoding", ["DER", "BER"])
@pytest.mark.parametrize("content_type", ["ldsSecurityObject", "id-data", "legacy"])
@pytest.mark.parametrize("spec", world.KINDS, ids=world.label)
def test_every_signature_is_read_in_every_form(
    spec: SignerSpec, content_type: str, encoding: str
) -> None:
    quirks = Quirks.model_validate({"sod_encoding": encoding, "sod_content_type": content_type})
    data = _sod(spec, quirks)
    assert (data[4:8].find(b"\x30\x80") >= 0) is (encoding == "BER")
    found = sod.parse(data)
    assert found.hash_oid == algorithms.HASH_OIDS[spec.hash]
    assert found.hashes == {
        number: algorithms.digest(spec.hash, file) for number, file in GROUPS.items()
    }
    (signer,) = found.signed.signers
    (certificate,) = cms.signer_certificates(found.signed, signer)
    assert certificate.raw == world.signer(spec).certificate.raw
    cms.verify(found.signed, signer, certificate)


@pytest.mark.parametrize(("version", "signed"), [("1.7", None), ("1.8", "1.8")])
def test_the_lds_version_is_signed_from_1_8_on(version: str, signed: str | None) -> None:
    data = sign.build_sod(GROUPS, world.signer(), lds_version=version)
    assert sod.parse(data).lds_version == signed


def test_the_signing_time_is_read() -> None:
    moment = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    data = sign.build_sod(GROUPS, world.signer(), lds_version="1.7", signing_time=moment)
    assert sod.parse(data).signed.signers[0].signing_time == moment


def test_a_signer_may_be_named_by_key_identifier() -> None:
    signer = world.signer()
    data = sign.sign(
        b"data", sod.ID_DATA, signer, certificates=[signer.certificate], by_key_id=True
    )
    signed = cms.parse(data)
    assert signed.signers[0].issuer is None
    assert cms.signer_certificates(signed, signed.signers[0]) == (signer.certificate,)


def test_content_may_be_signed_without_attributes() -> None:
    signer = world.signer()
    data = sign.sign(
        b"data", sod.ID_DATA, signer, certificates=[signer.certificate], signed_attributes=False
    )
    signed = cms.parse(data)
    cms.verify(signed, signed.signers[0], signer.certificate)
    altered = cms.parse(data.replace(b"\x04\x04data", b"\x04\x04date"))
    with pytest.raises(SignatureInvalid, match="not the signer's"):
        cms.verify(altered, altered.signers[0], signer.certificate)


def test_attributes_in_another_order_than_ders_are_accepted_as_der() -> None:
    """Some signers write the set unsorted, and sign what DER makes of it."""
    signer = world.signer()
    moment = datetime(2026, 2, 3, tzinfo=UTC)
    data = sign.sign(
        b"data", sod.ID_DATA, signer, certificates=[signer.certificate], signing_time=moment
    )
    attributes = cms.parse(data).signers[0].signed_attributes
    assert attributes is not None
    body = tlv.parse(attributes).value
    swapped = b"".join(item.raw for item in reversed(tlv.parse_all(body)))
    assert swapped != body
    signed = cms.parse(data.replace(body, swapped))
    cms.verify(signed, signed.signers[0], signer.certificate)


def test_a_signature_over_attributes_as_they_stand_is_accepted_too() -> None:
    """Other signers sign the unsorted set itself."""
    signer = world.signer(world.KINDS[8])
    data = sign.sign(b"data", sod.ID_DATA, signer, certificates=[signer.certificate])
    (original,) = cms.parse(data).signers
    assert original.signed_attributes is not None
    items = tlv.parse(original.signed_attributes).children()
    body = b"".join(item.raw for item in items)
    swapped = b"".join(item.raw for item in reversed(items))
    signature = signer.key.sign(signer.algorithm, tlv.encode(0x31, swapped))
    signed = cms.parse(data.replace(body, swapped).replace(original.signature, signature))
    cms.verify(signed, signed.signers[0], signer.certificate)


def test_altered_content_is_told() -> None:
    signer = world.signer()
    data = sign.sign(b"data", sod.ID_DATA, signer, certificates=[signer.certificate])
    signed = cms.parse(data.replace(b"\x04\x04data", b"\x04\x04date"))
    with pytest.raises(SignatureInvalid, match="signed digest is not the content's"):
        cms.verify(signed, signed.signers[0], signer.certificate)


def test_a_content_type_that_was_not_signed_is_told() -> None:
    signer = world.signer()
    data = sign.sign(b"data", sod.LDS_SECURITY_OBJECT, signer, certificates=[])
    oid = algorithms.encode_oid(sod.LDS_SECURITY_OBJECT)
    other = algorithms.encode_oid("2.23.136.1.1.2")
    position = data.index(oid)
    changed = data[:position] + other + data[position + len(oid) :]
    signed = cms.parse(changed)
    with pytest.raises(SignatureInvalid, match="content type"):
        cms.verify(signed, signed.signers[0], signer.certificate)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (DG1, "tag 77 expected, 61 found"),
        (b"\x77\x00", "should begin"),
        (b"\x77\x02\x30\x00", "the end instead of 6"),
        (tlv.encode(0x77, b"\x30\x05\x06\x03\x2a\x03\x04"), "not signed data"),
    ],
)
def test_what_is_no_security_object_is_named(data: bytes, message: str) -> None:
    with pytest.raises(ChipError, match=message):
        sod.parse(data)


def test_content_of_another_type_is_no_security_object() -> None:
    signed = sign.sign(b"\x30\x00", card_security.CONTENT_TYPE, world.signer(), certificates=[])
    with pytest.raises(MalformedPkiData, match="content of the type 0"):
        sod.parse(tlv.encode(0x77, signed))


def test_two_hashes_of_one_data_group_are_refused() -> None:
    entry = {"number": 1, "value": bytes(32)}
    content = sod.LdsSecurityObject(
        {
            "version": 0,
            "hash_algorithm": {"algorithm": "sha256"},
            "hashes": [entry, entry],
        }
    )
    signed = sign.sign(content.dump(), sod.LDS_SECURITY_OBJECT, world.signer(), certificates=[])
    with pytest.raises(MalformedPkiData, match="two hashes of DG1"):
        sod.parse(tlv.encode(0x77, signed))


def test_signers_and_certificates_beyond_number_are_refused() -> None:
    signer = world.signer()
    many = sign.sign(b"data", sod.ID_DATA, signer, certificates=[signer.certificate] * 17)
    with pytest.raises(MalformedPkiData, match="17 certificates"):
        cms.parse(many)
    single = sign.sign(b"data", sod.ID_DATA, signer, certificates=[])
    (oid, wrapper) = tlv.parse(single).children()
    *others, signers = wrapper.children()[0].children()
    for count in (0, 5):
        fields = b"".join(item.raw for item in others) + tlv.encode(0x31, signers.value * count)
        rebuilt = tlv.encode(0x30, oid.raw + tlv.encode(0xA0, tlv.encode(0x30, fields)))
        with pytest.raises(MalformedPkiData, match=f"{count} signers"):
            cms.parse(rebuilt)


def test_deep_nesting_in_signed_data_is_refused() -> None:
    bomb = b"\x77\x83" + (600_000).to_bytes(3, "big") + b"\x30\x80" * 300_000
    with pytest.raises(ChipError, match="nested deeper"):
        sod.parse(bomb)
    parts = b"\x24\x80" * 10 + b"\x00\x00" * 10
    signed = sign.sign(b"data", sod.ID_DATA, world.signer(), certificates=[])
    (_, wrapper) = tlv.parse(signed).children()
    children = wrapper.children()[0].children()
    content = tlv.encode(0x30, algorithms.encode_oid(sod.ID_DATA) + tlv.encode(0xA0, parts))
    rebuilt = tlv.encode(
        0x30,
        algorithms.encode_oid(cms.SIGNED_DATA)
        + tlv.encode(
            0xA0,
            tlv.encode(
                0x30,
                children[0].raw
                + children[1].raw
                + content
                + b"".join(item.raw for item in children[3:]),
            ),
        ),
    )
    with pytest.raises(MalformedPkiData, match="octet string"):
        cms.parse(rebuilt)


VALID = [
    _sod(),
    _sod(quirks=Quirks(sod_encoding="BER")),
    _sod(world.KINDS[3]),
    _sod(world.KINDS[8]),
]


@settings(max_examples=250)
@given(
    st.sampled_from(VALID),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(0, 6000),
)
def test_damaged_security_objects_never_prove_altered_data_and_never_crash(
    data: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    damaged = bytearray(data)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    trust = TrustStore((world.csca().certificate,))
    other_files = {number: file + b"\0" for number, file in GROUPS.items()}
    result = passive_authentication.verify(bytes(damaged[:cut]), other_files, trust, world.AT)
    assert result.data_authentic is not Verdict.YES


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_unknown_and_never_crash(data: bytes) -> None:
    for sod_file in (data, tlv.encode(0x77, data)):
        result = passive_authentication.verify(sod_file, {1: DG1}, TrustStore(), world.AT)
        assert result.data_authentic is Verdict.UNKNOWN
        assert result.signer_trusted is Verdict.UNKNOWN
    assert card_security.verify(data, TrustStore(), world.AT).data_authentic is Verdict.UNKNOWN
