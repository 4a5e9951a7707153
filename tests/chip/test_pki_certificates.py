from datetime import UTC, datetime

import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip import tlv
from devices.chip.errors import ChipError
from devices.chip.pki import algorithms, certificate, countries, create, crl
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.create import MASTER_LIST_SIGNER, Issuer, Validity
from devices.chip.pki.errors import MalformedPkiData
from devices.chip.pki.names import read_name
from devices.documents.specimen_chip import SignerSpec
from devices.documents.states import StateKind, states
from tests.chip import pki_world as world

CRL = create.create_crl(
    world.csca(),
    {7: datetime(2026, 1, 2, tzinfo=UTC)},
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2027, 1, 1, tzinfo=UTC),
)


def _changed(item: Certificate, old: bytes, new: bytes) -> bytes:
    """A certificate of the shared CSCA with other bytes in it, and a signature over them."""
    issuer = world.csca()
    fields, algorithm, _ = tlv.parse(item.raw).children()
    assert old in fields.raw
    signed = tlv.encode(0x30, fields.value.replace(old, new))
    signature = issuer.key.sign(issuer.algorithm, signed)
    return tlv.encode(0x30, signed + algorithm.raw + tlv.encode(0x03, b"\0" + signature))


def test_a_certificate_says_what_it_was_made_with() -> None:
    item = world.signer().certificate
    assert item.country == "UT"
    assert item.subject.text == "C=UT, O=Specimen Authority, CN=Document Signer"
    assert item.issuer == world.csca().certificate.subject
    assert (item.not_before, item.not_after) == (
        world.VALIDITY.not_before,
        world.VALIDITY.not_after,
    )
    assert item.key_usage == frozenset({"digital_signature"})
    assert item.is_authority is None
    assert item.authority_key_id == world.csca().certificate.subject_key_id
    assert item.signed_by(world.csca().certificate)
    assert not item.self_issued
    assert world.csca().certificate.self_issued


@pytest.mark.parametrize("spec", world.KINDS, ids=world.label)
def test_another_implementation_reads_what_is_made(spec: SignerSpec) -> None:
    csca, signer = world.csca(spec), world.signer(spec)
    theirs = x509.load_der_x509_certificate(signer.certificate.raw)
    assert theirs.serial_number == signer.certificate.serial
    if not spec.explicit_parameters and spec.curve in (10, 12, 17):
        theirs.verify_directly_issued_by(x509.load_der_x509_certificate(csca.certificate.raw))


def test_another_implementation_reads_the_revocation_list() -> None:
    theirs = x509.load_der_x509_crl(CRL.raw)
    issuer = x509.load_der_x509_certificate(world.csca().certificate.raw)
    key = issuer.public_key()
    assert theirs.is_signature_valid(key)  # type: ignore[arg-type] # the key is of a fitting kind
    assert theirs.get_revoked_certificate_by_serial_number(7) is not None
    assert CRL.revoked == {7: datetime(2026, 1, 2, tzinfo=UTC)}
    assert CRL.signed_by(world.csca().certificate)


def test_an_empty_revocation_list_is_one() -> None:
    empty = create.create_crl(world.csca(), {}, world.AT, world.AT)
    assert crl.parse(empty.raw).revoked == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a BOOLEAN of 1 instead of FF, as strict DER forbids
        (b"\x01\x01\xff", b"\x01\x01\x01"),
        # the country in lower case, and as another type of string than the issuer has it
        (b"\x13\x02UT", b"\x0c\x02ut"),
    ],
)
def test_certificates_that_are_not_strict_der_are_read(old: bytes, new: bytes) -> None:
    raw = _changed(world.signer().certificate, old, new)
    item = certificate.parse(raw)
    assert item.country == "UT"
    assert item.signed_by(world.csca().certificate)
    assert item.subject == world.signer().certificate.subject


def _plain(fields: bytes, issuer: Issuer) -> bytes:
    """A structure of fields, algorithm and signature."""
    identifier = algorithms.encode_identifier(issuer.algorithm)
    signed = tlv.encode(0x30, fields.replace(b"ALGORITHM", identifier))
    signature = issuer.key.sign(issuer.algorithm, signed)
    return tlv.encode(0x30, signed + identifier + tlv.encode(0x03, b"\0" + signature))


def test_version_1_certificates_and_lists_are_read() -> None:
    issuer = world.csca()
    name = asn1_x509.Certificate.load(issuer.certificate.raw).subject.dump()
    period = tlv.encode(0x30, b"\x17\x0d200101000000Z\x17\x0d400101000000Z")
    fields = b"\x02\x01\x05ALGORITHM" + name + period + name + issuer.key.public_key_info()
    item = certificate.parse(_plain(fields, issuer))
    assert (item.serial, item.is_authority, item.key_usage) == (5, None, None)
    assert item.signed_by(issuer.certificate)
    revoked = tlv.encode(0x30, tlv.encode(0x30, b"\x02\x01\x05\x17\x0d260101000000Z"))
    fields = b"ALGORITHM" + name + b"\x17\x0d260101000000Z" + revoked
    revocation_list = crl.parse(_plain(fields, issuer))
    assert (list(revocation_list.revoked), revocation_list.next_update) == ([5], None)
    assert revocation_list.signed_by(issuer.certificate)


@pytest.mark.parametrize(
    ("old", "new", "subject"),
    [
        # a name whose bytes are not of its string type
        (b"\x0c\x0fDocument Signer", b"\x0c\x0fDocument Si\xdfner", "CN=Document Sißner"),
        # a time without zone
        (
            b"\x30\x1e\x17\x0d200101000000Z",
            b"\x30\x1f\x18\x0e20200101000000",
            "CN=Document Signer",
        ),
    ],
)
def test_values_that_are_wrong_in_form_are_read_in_their_meaning(
    old: bytes, new: bytes, subject: str
) -> None:
    raw = _changed(world.signer().certificate, old, new)
    item = certificate.parse(raw)
    assert subject in item.subject.text
    assert item.not_before == world.VALIDITY.not_before
    assert item.signed_by(world.csca().certificate)


def test_a_malformed_key_identifier_is_left_out() -> None:
    signer = world.signer().certificate
    assert signer.subject_key_id is not None
    raw = _changed(
        signer,
        b"\x04\x16\x04\x14" + signer.subject_key_id[:2],
        b"\x04\x16\x05\x14" + signer.subject_key_id[:2],
    )
    assert certificate.parse(raw).subject_key_id is None


def test_padding_behind_a_certificate_in_a_file_is_passed_over() -> None:
    item = world.signer().certificate
    assert certificate.parse(item.raw + b"\r\n") == item


def test_a_length_with_leading_zeros_is_read() -> None:
    fields, algorithm, signature = tlv.parse(world.signer().certificate.raw).children()
    raw = (
        b"\x30\x84"
        + len(fields.raw + algorithm.raw + signature.raw).to_bytes(4, "big")
        + fields.raw
        + algorithm.raw
        + signature.raw
    )
    with pytest.raises(ValueError, match="InvalidLength"):
        x509.load_der_x509_certificate(raw)
    assert certificate.parse(raw).signed_by(world.csca().certificate)


def test_pem_is_read_as_der_is() -> None:
    item = world.signer().certificate
    assert certificate.parse(pem.armor("CERTIFICATE", item.raw)) == item
    assert crl.parse(pem.armor("X509 CRL", CRL.raw)) == CRL


def test_years_from_2050_on_are_written_and_read() -> None:
    late = Validity(datetime(2049, 1, 1, tzinfo=UTC), datetime(2051, 1, 1, tzinfo=UTC))
    item = create.create_csca("UT", world.FAST, late).certificate
    assert (item.not_before, item.not_after) == (late.not_before, late.not_after)


def test_names_match_across_encodings_case_and_spaces() -> None:
    one = read_name(asn1_x509.Name.build({"country_name": "DE", "common_name": "A  B"}))
    two = read_name(
        asn1_x509.Name.build({"country_name": "de", "common_name": "a b "}, use_printable=True)
    )
    other = read_name(asn1_x509.Name.build({"country_name": "DE", "common_name": "C"}))
    assert one == two
    assert hash(one) == hash(two)
    assert one != other
    assert two.country == "DE"


def test_a_master_list_signer_says_so() -> None:
    signer = create.create_signer(
        world.csca(), world.FAST, world.VALIDITY, profile=MASTER_LIST_SIGNER
    )
    assert signer.certificate.extended_key_usage == {create.MASTER_LIST_SIGNING}
    assert signer.certificate.unknown_critical_extensions == ()


def test_every_state_has_a_country_code_for_its_certificates() -> None:
    for code, state in states().items():
        if state.kind is StateKind.STATE:
            country = countries.certificate_country(code)
            assert country is not None
            assert len(country) == 2


@pytest.mark.parametrize(
    ("country", "state", "expected"),
    [
        ("DE", "D<<", True),
        ("de", "D", True),
        ("FR", "D", False),
        ("GB", "GBO", True),
        ("MO", "CHN", True),
        ("KS", "RKS", True),
        ("UT", "UTO", True),
        ("XX", "XXA", None),
    ],
)
def test_signers_belong_to_the_state_of_the_document(
    country: str, state: str, expected: bool | None
) -> None:
    assert countries.may_sign(country, state) is expected


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"-----BEGIN CERTIFICATE-----\nAAAA", CRL.raw])
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedPkiData, match="a certificate is malformed"):
        certificate.parse(data)


@settings(max_examples=250)
@given(
    st.sampled_from([world.csca().certificate.raw, world.signer().certificate.raw, CRL.raw]),
    st.lists(st.tuples(st.integers(0, 800), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(0, 1000),
)
def test_damaged_certificates_and_lists_fail_with_our_errors_only(
    data: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    damaged = bytearray(data)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    for parse in (certificate.parse, crl.parse):
        try:
            item = parse(bytes(damaged[:cut]))
            repr(item)
            item.signed_by(world.csca().certificate)
        except ChipError:
            continue
