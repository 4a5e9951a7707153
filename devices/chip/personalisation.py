"""From a specimen document to everything that is in its chip: files, keys and credentials."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from devices.chip import object_identifiers as oids
from devices.chip import specimen_files
from devices.chip.access.credentials import CanCredentials, MrzCredentials
from devices.chip.crypto.domain_parameters import by_id
from devices.chip.crypto.key_agreement import group_of
from devices.chip.crypto.public_key import AgreementKey
from devices.chip.lds import com, dg1, dg14, dg15, files
from devices.chip.pki import private_keys, sign
from devices.chip.pki.create import Issuer, curve_of
from devices.chip.pki.private_keys import EcPrivateKey
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.security_infos import (
    ActiveAuthenticationInfo,
    ChipAuthenticationPublicKeyInfo,
    KeyAgreement,
    encode_security_infos,
)
from devices.chip.virtual.access import pace_info
from devices.chip.virtual.authentication import chip_authentication_info
from devices.chip.virtual.content import CardContent, ChipKey
from devices.documents.mrz import parse as parse_zone
from devices.documents.specimen import PrintedDocument, Specimen, SpecimenError
from devices.documents.specimen_chip import (
    ChipSpec,
    EcdsaActiveAuthenticationSpec,
    RsaActiveAuthenticationSpec,
)
from devices.documents.specimen_zone import zone_lines

_ECDSA_HASH_ARCS: Final = {name: arc for arc, name in oids.ECDSA_PLAIN_HASHES.items()}


@dataclass(frozen=True, slots=True)
class _Keys:
    """The chip's own key pairs, the public halves as the files give them."""

    chip_authentication: tuple[tuple[ChipKey, ChipAuthenticationPublicKeyInfo], ...] = ()
    mapping: tuple[ChipKey, ChipAuthenticationPublicKeyInfo] | None = None
    active_authentication: private_keys.PrivateKey | None = field(default=None, repr=False)


def personalise(specimen: Specimen, pki: SpecimenPki) -> CardContent:
    """Make the contents of a specimen document's chip, with new keys.

    Args:
        specimen: a document that has a chip.
        pki: the issuers; the document's signer is made there when it is not there yet.

    Raises:
        SpecimenError: the document has no chip.
        PkiError: its state has no issuer and can have none.
    """
    chip, document = specimen.chip, specimen.document
    if chip is None:
        raise SpecimenError(f"{specimen.name}: the document has no chip")
    signer = pki.document_signer(document.issuing_state, chip.signer)
    lines = zone_lines(document)
    keys = _make_keys(chip)
    groups = _data_groups(document, chip, lines, keys)
    sod = sign.build_sod(
        groups,
        signer,
        lds_version=chip.lds_version,
        signing_time=datetime.combine(document.issue_date, time(9), UTC),
        quirks=chip.quirks,
    )
    numbers = tuple(sorted(groups))
    return CardContent(
        master_files=_master_files(chip, keys, signer),
        application_files={
            files.EF_COM: com.build(com.Com(chip.lds_version, "4.0.0", numbers)),
            files.EF_SOD: sod,
            **{files.file_id(number): file for number, file in groups.items()},
        },
        mrz=MrzCredentials.of(parse_zone(lines, today=document.issue_date)),
        can=CanCredentials(document.can) if document.can else None,
        chip_authentication_keys=tuple(key for key, _ in keys.chip_authentication),
        mapping_key=keys.mapping[0] if keys.mapping else None,
        active_authentication_key=_card_key(keys.active_authentication),
    )


def _make_keys(chip: ChipSpec) -> _Keys:
    mapping = next((item for item in chip.pace if item.mapping == "CAM"), None)
    active = chip.active_authentication
    return _Keys(
        chip_authentication=tuple(
            _agreement_key(item.key_agreement, item.domain_parameters, item.key_id)
            for item in chip.chip_authentication
        ),
        mapping=_agreement_key("ECDH", mapping.domain_parameters, None) if mapping else None,
        active_authentication=_active_authentication_key(active) if active else None,
    )


def _agreement_key(
    key_agreement: str, domain_parameters: int, key_id: int | None
) -> tuple[ChipKey, ChipAuthenticationPublicKeyInfo]:
    parameters = by_id(domain_parameters)
    pair = group_of(parameters).generate()
    public = pair.public if key_agreement == "ECDH" else pair.public.lstrip(b"\x00")
    info = ChipAuthenticationPublicKeyInfo(
        KeyAgreement(key_agreement), AgreementKey(parameters, public), key_id
    )
    return ChipKey(parameters, pair.private, key_id), info


def _active_authentication_key(
    spec: RsaActiveAuthenticationSpec | EcdsaActiveAuthenticationSpec,
) -> private_keys.PrivateKey:
    if isinstance(spec, RsaActiveAuthenticationSpec):
        return private_keys.generate_rsa(spec.modulus_bits)
    return private_keys.generate_ec(curve_of(spec.curve))


def _card_key(key: private_keys.PrivateKey | None) -> RSAPrivateKey | ChipKey | None:
    if isinstance(key, EcPrivateKey):
        return ChipKey(key.curve, key.secret)
    return key.key if key else None


def _data_groups(
    document: PrintedDocument, chip: ChipSpec, lines: tuple[str, ...], keys: _Keys
) -> dict[int, bytes]:
    groups = {1: dg1.build(lines)}
    for number in sorted(chip.data_groups):
        groups[number] = specimen_files.build(number, document, portrait_bytes=chip.portrait_bytes)
    infos = _security_infos(chip, keys)
    if infos:
        groups[14] = dg14.build(_set(infos, unsorted=chip.quirks.dg14_unsorted))
    if keys.active_authentication is not None:
        groups[15] = dg15.build(keys.active_authentication.public_key_info())
    return groups


def _security_infos(chip: ChipSpec, keys: _Keys) -> list[bytes]:
    """What DG14 holds: everything that the chip can do (ICAO Doc 9303-10, section 4.7.14)."""
    infos = [pace_info(item).encode() for item in chip.pace]
    infos += [chip_authentication_info(item).encode() for item in chip.chip_authentication]
    infos += [info.encode() for _, info in keys.chip_authentication]
    active = chip.active_authentication
    if isinstance(active, EcdsaActiveAuthenticationSpec):
        arc = _ECDSA_HASH_ARCS[active.hash.replace("-", "").lower()]
        infos.append(ActiveAuthenticationInfo(oids.PLAIN_ECDSA + bytes((arc,))).encode())
    return infos


def _master_files(chip: ChipSpec, keys: _Keys, signer: Issuer) -> dict[int, bytes]:
    pace = [pace_info(item).encode() for item in chip.pace]
    found: dict[int, bytes] = {}
    if pace:
        found[files.EF_CARD_ACCESS] = _set(pace)
    if keys.mapping is not None:
        signed_infos = _set([*pace, keys.mapping[1].encode()])
        found[files.EF_CARD_SECURITY] = sign.build_card_security(signed_infos, signer)
    return found


def _set(infos: Iterable[bytes], *, unsorted: bool = False) -> bytes:
    """SecurityInfos in the order that DER asks for, or the other way round."""
    return encode_security_infos(tuple(sorted(infos, reverse=unsorted)))
