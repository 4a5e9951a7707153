from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from devices.chip import tlv
from devices.chip.lds import dg1
from devices.chip.pki import (
    card_security,
    certificate,
    create,
    crl,
    keys,
    passive_authentication,
    sign,
    sod,
)
from devices.chip.pki.algorithms import SignatureAlgorithm
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.create import CSCA, DOCUMENT_SIGNER, Issuer, Profile
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.keys import PublicKey
from devices.chip.pki.passive_authentication import PassiveResult
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict
from devices.documents.specimen_chip import SignerSpec
from tests.chip import pki_world as world

DG1 = dg1.build(world.MRZ)
DG11 = b"\x6b\x02\x5c\x00"
GROUPS = {1: DG1, 11: DG11}
OPENSSL = world.DATA / "openssl"
YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def _sod(signer: Issuer | None = None, *, embed: bool = True) -> bytes:
    return sign.build_sod(
        GROUPS, signer or world.signer(), lds_version="1.7", embed_certificate=embed
    )


def _crl(
    csca: Issuer,
    revoked: tuple[tuple[int, datetime], ...] = (),
    until: datetime = datetime(2027, 1, 1, tzinfo=UTC),
    critical: tuple[str, ...] = (),
) -> RevocationList:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    return create.create_crl(csca, dict(revoked), since, until, critical_extensions=critical)


def _trust(
    *certificates: Certificate, lists: tuple[RevocationList, ...] | None = None
) -> TrustStore:
    return TrustStore(
        certificates or (world.csca().certificate,),
        (_crl(world.csca()),) if lists is None else lists,
    )


def _verify(
    sod_file: bytes | None = None,
    groups: Mapping[int, bytes] = GROUPS,
    trust: TrustStore | None = None,
    at: datetime = world.AT,
) -> PassiveResult:
    return passive_authentication.verify(sod_file or _sod(), groups, trust or _trust(), at)


def test_an_authentic_document_is_proven_without_a_remark() -> None:
    assert _verify() == PassiveResult(
        data_authentic=YES,
        signer_trusted=YES,
        data_groups={1: YES, 11: YES},
        reasons=(),
        issuing_country="UT",
        hash_algorithm="SHA-256",
        signature_algorithm="ECDSA with SHA-256, EC-secp256r1",
        signer="C=UT, O=Specimen Authority, CN=Document Signer",
        anchor="C=UT, O=Specimen Authority, CN=CSCA",
    )


@pytest.mark.parametrize("spec", world.KINDS, ids=world.label)
def test_every_kind_of_signature_is_proven(spec: SignerSpec) -> None:
    csca = world.csca(spec)
    result = _verify(_sod(world.signer(spec)), trust=_trust(csca.certificate, lists=(_crl(csca),)))
    assert (result.data_authentic, result.signer_trusted) == (YES, YES)
    weak = []
    if spec.hash == "SHA-1":
        weak.append("SHA-1")
    if spec.algorithm == "RSA" and spec.modulus_bits == 1024:
        weak.append("RSA-1024")
    if spec.curve == 9:
        weak.append("EC-brainpoolP192r1")
    assert result.weak_algorithms == tuple(weak)
    expected = (f"weak algorithms in use: {', '.join(weak)}",) if weak else ()
    assert result.reasons == expected


@pytest.mark.parametrize("file", sorted(OPENSSL.glob("*.cms")), ids=lambda file: file.stem)
def test_what_openssl_signed_is_proven(file: Path) -> None:
    trust = TrustStore(
        (certificate.parse(file.with_suffix(".csca").read_bytes()),),
        (crl.parse(file.with_suffix(".crl").read_bytes()),),
    )
    sod_file = tlv.encode(0x77, file.read_bytes())
    group = (OPENSSL / "dg1.bin").read_bytes()
    at = datetime(2030, 1, 1, tzinfo=UTC)
    result = passive_authentication.verify(sod_file, {1: group}, trust, at)
    assert (result.data_authentic, result.signer_trusted) == (YES, YES)
    assert [item for item in result.reasons if not item.startswith("weak")] == []
    altered = passive_authentication.verify(sod_file, {1: group[:-1] + b"1"}, trust, at)
    assert (altered.data_authentic, altered.signer_trusted) == (NO, YES)


def test_only_the_files_that_were_read_are_checked() -> None:
    assert _verify(groups={1: DG1}).data_authentic is YES


@pytest.mark.parametrize(
    ("groups", "verdict", "reason"),
    [
        ({1: DG1, 11: DG11 + b"\0"}, NO, "DG11 was altered: its hash is not the signed one"),
        ({1: DG1, 12: b""}, NO, "EF.SOD has no hash of DG12"),
        ({}, UNKNOWN, "no data group was given"),
    ],
)
def test_data_that_was_not_signed_is_told_apart_from_the_signer(
    groups: dict[int, bytes], verdict: Verdict, reason: str
) -> None:
    result = _verify(groups=groups)
    assert (result.data_authentic, result.signer_trusted) == (verdict, YES)
    assert result.reasons == (reason,)


def test_the_raw_bytes_are_hashed_not_what_they_mean() -> None:
    longer_length = b"\x61\x81" + DG1[1:]
    assert dg1.parse(longer_length).lines == world.MRZ
    assert _verify(groups={1: longer_length}).data_authentic is NO


def test_a_forged_signature_leaves_the_signer_unknown() -> None:
    """The attacker signs with a key of their own and sends the true signer's certificate."""
    true = world.signer()
    forger = Issuer(true.certificate, create.generate_key(world.FAST), true.algorithm)
    result = _verify(sign.build_sod(GROUPS, forger, lds_version="1.7"))
    assert (result.data_authentic, result.signer_trusted) == (NO, UNKNOWN)
    assert result.reasons == ("the signature is not the signer's",)


def test_a_signer_that_names_a_known_key_which_did_not_sign_is_refused() -> None:
    true = world.csca().certificate
    profile = Profile(CSCA.key_usage, is_authority=True, subject_key_id=true.subject_key_id)
    fake = create.create_csca("UT", world.FAST, world.VALIDITY, profile=profile)
    signer = create.create_signer(fake, world.FAST, world.VALIDITY)
    result = _verify(_sod(signer))
    assert (result.data_authentic, result.signer_trusted) == (YES, NO)
    assert result.reasons == ("the CSCA of UT did not make the signer certificate's signature",)


def test_a_signer_under_a_key_that_is_not_known_is_unknown() -> None:
    """A forgery, or a state's new key under its old name: the store cannot tell which."""
    other = create.create_csca("UT", world.FAST, world.VALIDITY)
    assert other.certificate.subject == world.csca().certificate.subject
    signer = create.create_signer(other, world.FAST, world.VALIDITY)
    result = _verify(_sod(signer))
    assert (result.data_authentic, result.signer_trusted) == (YES, UNKNOWN)
    assert result.reasons == (
        "the CSCA key that issued the signer is not among those of UT that are trusted",
    )


def test_a_state_without_csca_is_unknown_not_false() -> None:
    result = _verify(trust=_trust(world.csca(country="DE").certificate))
    assert (result.data_authentic, result.signer_trusted) == (YES, UNKNOWN)
    assert result.reasons == ("the trust store has no CSCA of UT",)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (datetime(2019, 1, 1, tzinfo=UTC), "the signer certificate is not valid before 2020-01-01"),
        (datetime(2041, 1, 1, tzinfo=UTC), "the signer certificate expired on 2040-01-01"),
    ],
)
def test_certificates_have_to_be_valid_at_the_time(at: datetime, reason: str) -> None:
    result = _verify(at=at)
    assert (result.data_authentic, result.signer_trusted) == (YES, NO)
    assert reason in result.reasons


def test_a_time_without_zone_is_taken_as_utc() -> None:
    assert _verify(at=world.AT.replace(tzinfo=None)).signer_trusted is YES


@cache
def _flawed(
    *, signer: Profile = DOCUMENT_SIGNER, csca: Profile = CSCA, country: str | None = None
) -> tuple[bytes, TrustStore]:
    issuer = create.create_csca("UT", world.FAST, world.VALIDITY, profile=csca)
    made = create.create_signer(issuer, world.FAST, world.VALIDITY, profile=signer, country=country)
    return _sod(made), _trust(issuer.certificate, lists=(_crl(issuer),))


CERT_SIGN = frozenset({"key_cert_sign"})


@pytest.mark.parametrize(
    ("sod_file", "trust", "reason"),
    [
        (
            *_flawed(signer=Profile(key_usage=CERT_SIGN)),
            "the signer certificate's key usage does not allow signing documents",
        ),
        (
            *_flawed(signer=Profile(key_usage=frozenset())),
            "the signer certificate's key usage does not allow signing documents",
        ),
        (
            *_flawed(signer=Profile(is_authority=True)),
            "the signer certificate is one of a certification authority",
        ),
        (
            *_flawed(signer=Profile(critical_extensions=("1.2.3.4",))),
            "the signer certificate has critical extensions not understood: 1.2.3.4",
        ),
        (
            *_flawed(csca=Profile(key_usage=frozenset({"crl_sign"}), is_authority=True)),
            "the CSCA certificate's key usage does not allow issuing certificates",
        ),
        (
            *_flawed(csca=Profile(key_usage=CSCA.key_usage, is_authority=False)),
            "the CSCA certificate is not one of a certification authority",
        ),
        (*_flawed(country="DE"), "the signer is of DE, its CSCA of UT"),
    ],
)
def test_certificates_that_may_not_do_what_they_do_are_refused(
    sod_file: bytes, trust: TrustStore, reason: str
) -> None:
    result = _verify(sod_file, trust=trust)
    assert (result.data_authentic, result.signer_trusted) == (YES, NO)
    assert reason in result.reasons


def test_missing_basic_constraints_of_an_anchor_are_remarked() -> None:
    sod_file, trust = _flawed(csca=Profile(key_usage=CSCA.key_usage))
    result = _verify(sod_file, trust=trust)
    assert result.signer_trusted is YES
    assert result.reasons == ("the CSCA certificate has no basic constraints",)


def test_one_states_signer_does_not_vouch_for_another_state() -> None:
    csca, signer = world.csca(country="DE"), world.signer(country="DE")
    result = _verify(_sod(signer), trust=_trust(csca.certificate, lists=(_crl(csca),)))
    assert (result.data_authentic, result.signer_trusted) == (YES, NO)
    assert result.reasons == ("a signer of DE does not sign documents of UTO",)


def test_a_state_without_known_signers_leaves_the_signer_unknown() -> None:
    groups = {1: dg1.build((world.MRZ[0].replace("UTO", "XXA", 1), *world.MRZ[1:]))}
    result = _verify(sign.build_sod(groups, world.signer(), lds_version="1.7"), groups)
    assert (result.data_authentic, result.signer_trusted) == (YES, UNKNOWN)
    assert result.reasons == ("whose signer signs documents of XXA is not known",)


def test_a_signer_for_other_documents_is_remarked() -> None:
    for types, expected in (
        (("P",), ()),
        (("PD", "P"), ()),
        (("I", "AC"), ("the signer is meant for AC, I, not P documents",)),
    ):
        profile = Profile(document_types=types)
        signer = create.create_signer(world.csca(), world.FAST, world.VALIDITY, profile=profile)
        result = _verify(_sod(signer))
        assert (result.signer_trusted, result.reasons) == (YES, expected)


def test_a_data_group_1_that_cannot_be_read_leaves_the_signer_unknown() -> None:
    """Its hash is right, but whose document it is cannot be told."""
    groups = {1: b"\x61\x00"}
    sod_file = sign.build_sod(groups, world.signer(), lds_version="1.7")
    result = _verify(sod_file, groups)
    assert (result.data_authentic, result.signer_trusted) == (YES, UNKNOWN)


def test_a_link_certificate_leads_from_the_new_key_to_the_old_anchor() -> None:
    old, new = world.csca(), create.create_csca("UT", world.FAST, world.VALIDITY)
    link = create.create_link(old, new, world.VALIDITY)
    signer = create.create_signer(new, world.FAST, world.VALIDITY)
    result = _verify(
        _sod(signer), trust=_trust(old.certificate, link, lists=(_crl(old), _crl(new)))
    )
    assert (result.signer_trusted, result.reasons) == (YES, ())
    alone = _verify(_sod(signer), trust=_trust(link))
    assert alone.signer_trusted is UNKNOWN, "a link certificate is no anchor"
    assert alone.reasons == ("the CSCA of UT leads to no self-signed CSCA in the trust store",)


def test_two_links_in_a_row_are_followed_and_a_ring_of_links_ends() -> None:
    first, second, third = (create.create_csca("UT", world.FAST, world.VALIDITY) for _ in range(3))
    signer = create.create_signer(third, world.FAST, world.VALIDITY)
    links = (
        create.create_link(first, second, world.VALIDITY),
        create.create_link(second, third, world.VALIDITY),
        create.create_link(third, second, world.VALIDITY),
    )
    lists = (_crl(first), _crl(second), _crl(third))
    sod_file = _sod(signer)
    whole = _verify(sod_file, trust=_trust(first.certificate, *links, lists=lists))
    assert (whole.signer_trusted, whole.reasons) == (YES, ())
    assert _verify(sod_file, trust=_trust(*links, lists=lists)).signer_trusted is UNKNOWN


def test_every_candidate_with_the_same_key_identifier_is_tried() -> None:
    profile = Profile(CSCA.key_usage, is_authority=True, subject_key_id=b"same")
    twins = [
        create.create_csca("UT", world.FAST, world.VALIDITY, profile=profile) for _ in range(4)
    ]
    store = _trust(*(item.certificate for item in twins), lists=tuple(_crl(item) for item in twins))
    for twin in twins:
        signer = create.create_signer(twin, world.FAST, world.VALIDITY)
        assert _verify(_sod(signer), trust=store).signer_trusted is YES


def test_a_path_without_fault_wins_over_an_expired_one() -> None:
    key = create.generate_key(world.FAST)
    expired, valid = (
        create.create_csca("UT", world.FAST, validity, key=key)
        for validity in (world.EXPIRED, world.VALIDITY)
    )
    signer = create.create_signer(valid, world.FAST, world.VALIDITY)
    for order in ((expired, valid), (valid, expired)):
        store = _trust(*(item.certificate for item in order), lists=(_crl(valid),))
        assert _verify(_sod(signer), trust=store).signer_trusted is YES
    alone = _verify(_sod(signer), trust=_trust(expired.certificate))
    assert alone.signer_trusted is NO
    assert "the CSCA certificate expired on 2020-01-01" in alone.reasons


def test_lookalikes_without_number_cost_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links among twins make more paths than can be walked."""
    profile = Profile(CSCA.key_usage, is_authority=True, subject_key_id=b"same")
    key = create.generate_key(world.FAST)
    twins = [
        create.create_csca("UT", world.FAST, world.VALIDITY, profile=profile, key=key)
        for _ in range(6)
    ]
    links = [create.create_link(a, b, world.VALIDITY) for a in twins for b in twins]
    signer = create.create_signer(twins[0], world.FAST, world.VALIDITY)
    store = _trust(*links, *(item.certificate for item in twins), lists=())
    checks = 0
    verify = keys.verify

    def counting(
        key: PublicKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes
    ) -> bool:
        nonlocal checks
        checks += 1
        return verify(key, algorithm, signature, message)

    monkeypatch.setattr(keys, "verify", counting)
    assert _verify(_sod(signer), trust=store).data_authentic is YES
    assert checks < 300


def test_a_revoked_signer_is_not_trusted_from_that_day_on() -> None:
    serial = world.signer().certificate.serial
    since = datetime(2026, 3, 1, tzinfo=UTC)
    store = _trust(lists=(_crl(world.csca(), ((serial, since),)),))
    result = _verify(trust=store)
    assert (result.data_authentic, result.signer_trusted) == (YES, NO)
    assert result.reasons == ("the signer certificate was revoked on 2026-03-01",)
    assert _verify(trust=store, at=since - timedelta(days=1)).signer_trusted is YES


def test_without_a_list_revocation_is_said_to_be_unchecked() -> None:
    result = _verify(trust=_trust(lists=()))
    assert result.signer_trusted is YES
    assert result.reasons == ("revocation of the signer was not checked: no CRL of UT",)


def test_a_list_that_somebody_else_signed_does_not_count() -> None:
    serial = world.signer().certificate.serial
    fake = create.create_csca("UT", world.FAST, world.VALIDITY)
    store = _trust(lists=(_crl(fake, ((serial, world.AT),)),))
    result = _verify(trust=store)
    assert result.signer_trusted is YES
    assert result.reasons == ("revocation of the signer was not checked: no CRL of UT",)


def test_a_list_signed_with_the_successors_key_counts() -> None:
    serial = world.signer().certificate.serial
    successor = create.create_csca("UT", world.FAST, world.VALIDITY)
    since = datetime(2026, 3, 1, tzinfo=UTC)
    store = _trust(
        world.csca().certificate,
        successor.certificate,
        lists=(_crl(successor, ((serial, since),)),),
    )
    assert _verify(trust=store).signer_trusted is NO


def test_an_outdated_list_is_remarked() -> None:
    until = datetime(2026, 4, 1, tzinfo=UTC)
    result = _verify(trust=_trust(lists=(_crl(world.csca(), until=until),)))
    assert result.signer_trusted is YES
    assert result.reasons == ("the CRL of UT is out of date since 2026-04-01",)


def test_a_partial_list_revokes_but_proves_no_absence() -> None:
    delta = ("2.5.29.27",)
    result = _verify(trust=_trust(lists=(_crl(world.csca(), critical=delta),)))
    assert result.reasons == ("revocation of the signer was not checked: no CRL of UT",)
    serial = world.signer().certificate.serial
    revoking = _crl(world.csca(), ((serial, world.AT),), critical=delta)
    assert _verify(trust=_trust(lists=(revoking,))).signer_trusted is NO


def test_a_signer_that_is_not_in_the_document_is_found_in_the_trust_store() -> None:
    sod_file = _sod(embed=False)
    missing = _verify(sod_file)
    assert (missing.data_authentic, missing.signer_trusted) == (UNKNOWN, UNKNOWN)
    assert missing.reasons == (
        "the signer's certificate is neither in the document nor in the trust store",
    )
    store = TrustStore(
        (world.csca().certificate,), (_crl(world.csca()),), (world.signer().certificate,)
    )
    assert _verify(sod_file, trust=store).signer_trusted is YES


def test_a_certificate_under_another_name_is_found_by_the_signature() -> None:
    """The SignerInfo names a certificate that did not come along, but its key's twin did."""
    named = world.signer()
    renewed = create.create_signer(world.csca(), world.FAST, world.VALIDITY, key=named.key)
    content = sod.parse(_sod()).signed.content
    signed = sign.sign(content, sod.LDS_SECURITY_OBJECT, named, certificates=[renewed.certificate])
    result = _verify(tlv.encode(0x77, signed))
    assert (result.data_authentic, result.signer_trusted) == (YES, YES)


def test_card_security_is_proven_like_a_security_object() -> None:
    infos = b"\x31\x00"
    file = sign.build_card_security(infos, world.signer())
    found = card_security.verify(file, _trust(), world.AT)
    assert (found.security_infos, found.data_authentic, found.signer_trusted) == (infos, YES, YES)
    unknown = card_security.verify(file, TrustStore(), world.AT)
    assert (unknown.data_authentic, unknown.signer_trusted) == (YES, UNKNOWN)
    other = sign.sign(infos, "1.2.840.113549.1.7.1", world.signer(), certificates=[])
    assert card_security.verify(other, _trust(), world.AT).data_authentic is UNKNOWN
