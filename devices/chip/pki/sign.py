"""Making signed data: EF.SOD, EF.CardSecurity and master lists (RFC 5652, section 5)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, Literal

from asn1crypto import cms as asn1_cms
from asn1crypto import core, x509

from devices.chip import tlv
from devices.chip.pki import algorithms, card_security, cms, master_list
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.create import Issuer
from devices.chip.pki.sod import (
    ID_DATA,
    LDS_SECURITY_OBJECT,
    LEGACY_LDS_SECURITY_OBJECT,
    LdsSecurityObject,
)
from devices.chip.tlv import Tlv
from devices.documents.specimen_chip import Quirks

_SOD_TAG: Final = 0x77
_CHUNK: Final = 200
_SOD_CONTENT_TYPES: Final = {
    "ldsSecurityObject": LDS_SECURITY_OBJECT,
    "id-data": ID_DATA,
    "legacy": LEGACY_LDS_SECURITY_OBJECT,
}

Encoding = Literal["DER", "BER"]


def sign(
    content: bytes,
    content_type: str,
    signer: Issuer,
    *,
    certificates: Iterable[Certificate],
    signing_time: datetime | None = None,
    signed_attributes: bool = True,
    by_key_id: bool = False,
    encoding: Encoding = "DER",
) -> bytes:
    """Signed data with one signer.

    Args:
        content: what is signed.
        content_type: its object identifier.
        signer: who signs.
        certificates: those to send along.
        signing_time: aware; left out when None.
        signed_attributes: sign attributes with the content's digest, or the content itself.
        by_key_id: name the signer by key identifier instead of issuer and serial number.
        encoding: BER has indefinite lengths and the content in parts.
    """
    hash_name = signer.algorithm.hash
    attributes = _attributes(content, content_type, hash_name, signing_time)
    message = attributes if signed_attributes else content
    signature = signer.key.sign(signer.algorithm, message)
    parts = [
        core.Integer(3 if by_key_id else 1).dump(),
        _signer_identifier(signer.certificate, by_key_id=by_key_id),
        algorithms.encode_hash_identifier(hash_name),
        tlv.encode(0xA0, tlv.parse(attributes).value) if signed_attributes else b"",
        algorithms.encode_identifier(signer.algorithm),
        tlv.encode(0x04, signature),
    ]
    signed_data = _sequence(
        core.Integer(3).dump(),
        tlv.encode(0x31, algorithms.encode_hash_identifier(hash_name)),
        _sequence(algorithms.encode_oid(content_type), tlv.encode(0xA0, tlv.encode(0x04, content))),
        tlv.encode(0xA0, b"".join(item.raw for item in certificates)),
        tlv.encode(0x31, _sequence(*parts)),
    )
    whole = _sequence(algorithms.encode_oid(cms.SIGNED_DATA), tlv.encode(0xA0, signed_data))
    return whole if encoding == "DER" else _in_ber(whole)


def build_sod(
    hashes_of: Mapping[int, bytes],
    signer: Issuer,
    *,
    lds_version: str,
    signing_time: datetime | None = None,
    hash_name: str | None = None,
    quirks: Quirks | None = None,
    embed_certificate: bool = True,
) -> bytes:
    """EF.SOD over data groups.

    Args:
        hashes_of: the data groups' files by number.
        signer: the document signer.
        lds_version: from 1.8 on it is signed too.
        signing_time: aware; left out when None.
        hash_name: of the data groups; the signature's by default.
        quirks: how the file departs from the standard.
        embed_certificate: send the signer's certificate along, as the standard asks.
    """
    quirks = quirks or Quirks()
    hash_name = hash_name or signer.algorithm.hash
    versioned = lds_version != "1.7"
    content: dict[str, object] = {
        "version": int(versioned),
        "hash_algorithm": {"algorithm": algorithms.HASH_OIDS[hash_name]},
        "hashes": [
            {"number": number, "value": algorithms.digest(hash_name, file)}
            for number, file in sorted(hashes_of.items())
        ],
    }
    if versioned:
        major, minor = lds_version.split(".")
        content["version_info"] = {"lds": f"{int(major):02}{int(minor):02}", "unicode": "040000"}
    signed = sign(
        LdsSecurityObject(content).dump(),
        _SOD_CONTENT_TYPES[quirks.sod_content_type],
        signer,
        certificates=[signer.certificate] if embed_certificate else [],
        signing_time=signing_time,
        encoding=quirks.sod_encoding,
    )
    return tlv.encode(_SOD_TAG, signed)


def build_card_security(security_infos: bytes, signer: Issuer) -> bytes:
    """EF.CardSecurity: SecurityInfos signed by the document signer."""
    return sign(
        security_infos, card_security.CONTENT_TYPE, signer, certificates=[signer.certificate]
    )


def build_master_list(
    certificates: Iterable[Certificate],
    signer: Issuer,
    csca: Certificate,
    *,
    signing_time: datetime | None = None,
) -> bytes:
    """A master list of CSCA certificates (ICAO Doc 9303-12, section 9)."""
    content = master_list.CscaMasterList(
        {
            "version": 0,
            "certificates": [x509.Certificate.load(item.raw) for item in certificates],
        }
    )
    return sign(
        content.dump(),
        master_list.CONTENT_TYPE,
        signer,
        certificates=[signer.certificate, csca],
        signing_time=signing_time,
    )


def _sequence(*parts: bytes) -> bytes:
    return tlv.encode(0x30, b"".join(parts))


def _attributes(
    content: bytes, content_type: str, hash_name: str, signing_time: datetime | None
) -> bytes:
    attributes = [
        {"type": "content_type", "values": [content_type]},
        {"type": "message_digest", "values": [algorithms.digest(hash_name, content)]},
    ]
    if signing_time is not None:
        moment = asn1_cms.Time({"utc_time": signing_time.astimezone(UTC).replace(microsecond=0)})
        attributes.append({"type": "signing_time", "values": [moment]})
    encoded: bytes = asn1_cms.CMSAttributes(attributes).dump()
    return encoded


def _signer_identifier(certificate: Certificate, *, by_key_id: bool) -> bytes:
    if by_key_id:
        return tlv.encode(0x80, certificate.subject_key_id or b"")
    structure = x509.Certificate.load(certificate.raw)
    return _sequence(structure.issuer.dump(), core.Integer(certificate.serial).dump())


def _in_ber(content_info: bytes) -> bytes:
    """The same signed data with indefinite lengths, as some issuers' streaming encoders write.

    What is hashed as it stands (certificates, attributes) keeps its encoding.
    """
    oid, wrapper = tlv.parse(content_info).children()
    version, digests, encapsulated, *rest = wrapper.children()[0].children()
    content_type, content = encapsulated.children()
    in_parts = _indefinite(0xA0, _octets_in_parts(content.children()[0]))
    signed_data = (
        version.raw,
        digests.raw,
        _indefinite(0x30, content_type.raw, in_parts),
        *(item.raw for item in rest),
    )
    return _indefinite(0x30, oid.raw, _indefinite(0xA0, _indefinite(0x30, *signed_data)))


def _octets_in_parts(octets: Tlv) -> bytes:
    value = octets.value
    parts = (value[at : at + _CHUNK] for at in range(0, len(value), _CHUNK))
    return _indefinite(0x24, *(tlv.encode(0x04, part) for part in parts))


def _indefinite(tag: int, *parts: bytes) -> bytes:
    return bytes((tag, 0x80)) + b"".join(parts) + b"\x00\x00"
