import base64
import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import pem
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip.errors import ChipError
from devices.chip.pki import create, ldif, master_list, sign, sources
from devices.chip.pki.create import MASTER_LIST_SIGNER, Issuer
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.errors import MalformedPkiData, UntrustedList
from devices.chip.pki.ldif import Kind
from devices.chip.pki.trust_store import TrustStore
from tests.chip import pki_world as world

GERMANY = world.csca(country="DE")
FRANCE = world.csca(country="FR")
UTOPIA = world.csca()


def _list_signer(csca: Issuer) -> Issuer:
    return create.create_signer(csca, world.FAST, world.VALIDITY, profile=MASTER_LIST_SIGNER)


def _master_list(csca: Issuer, *issuers: Issuer) -> bytes:
    certificates = [item.certificate for item in (csca, *issuers)]
    return sign.build_master_list(certificates, _list_signer(csca), csca.certificate)


def _crl(csca: Issuer) -> RevocationList:
    return create.create_crl(
        csca, {}, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    )


def _anchors(*issuers: Issuer) -> TrustStore:
    return TrustStore(tuple(item.certificate for item in issuers))


GERMAN_LIST = _master_list(GERMANY, FRANCE)
FRENCH_LIST = _master_list(FRANCE, UTOPIA)


def _entry(attribute: str, value: bytes, *, folded: bool = True) -> bytes:
    text = f"{attribute}:: ".encode() + base64.b64encode(value)
    if not folded:
        return b"dn: cn=x\nobjectClass: inetOrgPerson\n" + text + b"\n\n"
    lines = [text[:76], *(b" " + text[at : at + 75] for at in range(76, len(text), 75))]
    return b"dn: cn=x\nobjectClass: inetOrgPerson\n" + b"\n".join(lines) + b"\n\n"


LDIF = (
    b"version: 1\n# a comment\n"
    + _entry("pkdMasterListContent", GERMAN_LIST)
    + _entry("userCertificate;binary", world.signer().certificate.raw)
    + _entry("certificateRevocationList;binary", _crl(UTOPIA).raw, folded=False)
    + _entry("cACertificate;binary", UTOPIA.certificate.raw)
)


def test_a_master_list_is_verified_under_a_known_csca() -> None:
    found = master_list.parse(GERMAN_LIST)
    assert set(found.certificates) == {GERMANY.certificate, FRANCE.certificate}
    assert found.verify(_anchors(GERMANY), world.AT) == GERMANY.certificate
    assert found.own_anchors() == (GERMANY.certificate,)


def test_a_master_list_does_not_vouch_for_itself() -> None:
    found = master_list.parse(GERMAN_LIST)
    with pytest.raises(UntrustedList, match="the trust store has no CSCA of DE"):
        found.verify(TrustStore(), world.AT)
    namesake = create.create_csca("DE", world.FAST, world.VALIDITY)
    with pytest.raises(UntrustedList, match="signer is not trusted"):
        found.verify(_anchors(namesake), world.AT)


def test_a_list_under_a_new_key_is_verified_by_the_link_that_it_brings_along() -> None:
    successor = create.create_csca("DE", world.FAST, world.VALIDITY)
    link = create.create_link(GERMANY, successor, world.VALIDITY)
    certificates = [successor.certificate, link, FRANCE.certificate]
    data = sign.build_master_list(certificates, _list_signer(successor), successor.certificate)
    found = master_list.parse(data)
    assert found.verify(_anchors(GERMANY), world.AT) == GERMANY.certificate
    with pytest.raises(UntrustedList):
        found.verify(_anchors(FRANCE), world.AT)
    stranger = create.create_csca("DE", world.FAST, world.VALIDITY)
    forged = create.create_link(stranger, successor, world.VALIDITY)
    with pytest.raises(UntrustedList):
        master_list.parse(
            sign.build_master_list(
                [forged, stranger.certificate], _list_signer(successor), successor.certificate
            )
        ).verify(_anchors(GERMANY), world.AT)


def test_a_document_signer_does_not_sign_master_lists() -> None:
    signer = world.signer(country="DE")
    data = sign.build_master_list([FRANCE.certificate], signer, GERMANY.certificate)
    with pytest.raises(UntrustedList, match="extended key usage"):
        master_list.parse(data).verify(_anchors(GERMANY), world.AT)


def test_an_altered_master_list_is_refused() -> None:
    inside = GERMAN_LIST.index(FRANCE.certificate.raw) + 40
    altered = GERMAN_LIST[:inside] + bytes((GERMAN_LIST[inside] ^ 1,)) + GERMAN_LIST[inside + 1 :]
    with pytest.raises(UntrustedList, match="was altered"):
        master_list.parse(altered).verify(_anchors(GERMANY), world.AT)


def test_a_master_list_of_yesterday_is_refused_when_its_signer_has_expired() -> None:
    with pytest.raises(UntrustedList, match="expired on 2040-01-01"):
        master_list.parse(GERMAN_LIST).verify(_anchors(GERMANY), datetime(2041, 1, 1, tzinfo=UTC))


def test_a_certificate_that_cannot_be_read_does_not_spoil_the_list() -> None:
    raw = FRANCE.certificate.raw
    damaged = raw.replace(b"\x13\x02FR", b"\x13\x02\xff\xff").replace(
        b"\x17\x0d200101", b"\x17\x0d201301"
    )
    assert damaged != raw
    content = master_list.CscaMasterList.load(master_list.parse(GERMAN_LIST).signed.content).dump()
    data = sign.sign(
        content.replace(raw, damaged),
        master_list.CONTENT_TYPE,
        _list_signer(GERMANY),
        certificates=[],
    )
    found = master_list.parse(data)
    assert (found.certificates, found.unreadable) == ((GERMANY.certificate,), 1)


def test_ldif_entries_are_found_folded_and_unfolded() -> None:
    assert [entry.kind for entry in ldif.entries(LDIF)] == [
        Kind.MASTER_LIST,
        Kind.DOCUMENT_SIGNER,
        Kind.REVOCATION_LIST,
        Kind.AUTHORITY,
    ]
    assert next(ldif.entries(LDIF)).value == GERMAN_LIST
    with_returns = LDIF.replace(b"\n", b"\r\n")
    assert [entry.value for entry in ldif.entries(with_returns)] == [
        entry.value for entry in ldif.entries(LDIF)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"dn: x\nuserCertificate;binary:: ####\n", "line 2 of the LDIF file is not Base64"),
        (b"dn: x\nnonsense\n", "line 2 of the LDIF file has no attribute name"),
    ],
)
def test_broken_ldif_names_the_line(text: bytes, message: str) -> None:
    with pytest.raises(MalformedPkiData, match=message):
        list(ldif.entries(text))


def test_a_folder_may_hold_every_form(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "de.cer").write_bytes(GERMANY.certificate.raw)
    (tmp_path / "bundle.pem").write_bytes(
        pem.armor("CERTIFICATE", FRANCE.certificate.raw)
        + pem.armor("CERTIFICATE", world.signer().certificate.raw)
        + pem.armor("X509 CRL", _crl(FRANCE).raw)
    )
    (tmp_path / "ut.crl").write_bytes(_crl(UTOPIA).raw)
    (tmp_path / "list.ml").write_bytes(FRENCH_LIST)
    (tmp_path / "README.txt").write_text("nothing to trust")
    (tmp_path / ".hidden").write_bytes(b"\0")
    loaded = sources.load([tmp_path], world.AT)
    assert set(loaded.store.authorities) == {
        GERMANY.certificate,
        FRANCE.certificate,
        UTOPIA.certificate,
    }
    assert loaded.store.document_signers == (world.signer().certificate,)
    assert len(loaded.store.revocation_lists) == 2
    assert any("README.txt" in note and "passed over" in note for note in loaded.notes)
    assert any("master list of 2 certificates, under C=FR" in note for note in loaded.notes)


def test_master_lists_vouch_for_one_another_whatever_their_order(tmp_path: Path) -> None:
    german, french = tmp_path / "german.ml", tmp_path / "french.ml"
    german.write_bytes(GERMAN_LIST)
    french.write_bytes(FRENCH_LIST)
    for order in ((german, french), (french, german)):
        loaded = sources.load(order, world.AT, known=_anchors(GERMANY))
        assert UTOPIA.certificate in loaded.store.authorities


def test_an_unknown_list_says_which_fingerprint_to_compare(tmp_path: Path) -> None:
    path = tmp_path / "german.ml"
    path.write_bytes(GERMAN_LIST)
    fingerprint = GERMANY.certificate.fingerprint
    with pytest.raises(UntrustedList, match=f"Compare its CSCA .*{fingerprint}"):
        sources.load([path], world.AT)
    loaded = sources.load([path], world.AT, fingerprints=frozenset({fingerprint}))
    assert FRANCE.certificate in loaded.store.authorities


def test_a_list_may_be_taken_at_its_word_but_not_silently(tmp_path: Path) -> None:
    path = tmp_path / "german.ml"
    path.write_bytes(GERMAN_LIST)
    loaded = sources.load([path], world.AT, believe_lists=True)
    assert FRANCE.certificate in loaded.store.authorities
    assert "only the list itself vouches for its signer" in loaded.notes[0]
    assert GERMANY.certificate.fingerprint in loaded.notes[0]
    altered = GERMAN_LIST.replace(b"CSCA", b"CSCB")
    path.write_bytes(altered)
    with pytest.raises(UntrustedList):
        sources.load([path], world.AT, believe_lists=True)


def test_an_ldif_file_of_the_icao_pkd_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "icaopkd.ldif"
    path.write_bytes(LDIF + _entry("userCertificate;binary", b"\x30\x00"))
    loaded = sources.load([path], world.AT, known=_anchors(GERMANY))
    assert UTOPIA.certificate in loaded.store.authorities
    assert FRANCE.certificate in loaded.store.authorities
    assert loaded.store.document_signers == ()
    assert any("2 document signer certificates were passed over" in note for note in loaded.notes)
    whole = sources.load([path], world.AT, known=_anchors(GERMANY), keep_document_signers=True)
    assert whole.store.document_signers == (world.signer().certificate,)
    assert any("1 entries could not be read" in note for note in whole.notes)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x30\x00", sign.build_card_security(b"", UTOPIA)]
)
def test_a_named_file_that_holds_nothing_known_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    with pytest.raises(MalformedPkiData):
        sources.load([path], world.AT)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MalformedPkiData, match=r"absent\.cer: cannot be read: No such file"):
        sources.load([tmp_path / "absent.cer"], world.AT)


def test_merging_stores_drops_duplicates() -> None:
    store = TrustStore((GERMANY.certificate,), (_crl(GERMANY),))
    both = store.merged(TrustStore((GERMANY.certificate, FRANCE.certificate)))
    assert both.authorities == (GERMANY.certificate, FRANCE.certificate)
    assert both.of_country("fr") == (FRANCE.certificate,)


@settings(max_examples=150)
@given(
    st.sampled_from([GERMAN_LIST, LDIF]),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_damaged_sources_fail_with_our_errors_only(
    data: bytes, changes: list[tuple[int, int]]
) -> None:
    damaged = bytearray(data)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    with contextlib.suppress(ChipError):
        master_list.parse(bytes(damaged)).verify(_anchors(GERMANY), world.AT)
    with contextlib.suppress(ChipError):
        list(ldif.entries(bytes(damaged)))
