"""Signature and hash algorithms by their object identifiers (RFC 3279, 4055, 5758; TR-03111)."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from asn1crypto import algos, core

from devices.chip import tlv
from devices.chip.pki.errors import UnsupportedAlgorithm, malformed

_SEQUENCE: Final = 0x30

HASHES: Final = {
    "1.3.14.3.2.26": "SHA-1",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
}
HASH_OIDS: Final = {name: oid for oid, name in HASHES.items()}
_HASH_FUNCTIONS: Final = {
    "SHA-1": hashlib.sha1,
    "SHA-224": hashlib.sha224,
    "SHA-256": hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
}


class Scheme(StrEnum):
    """How a hash is signed."""

    RSA = "RSA"
    """RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2)."""
    RSA_PSS = "RSA-PSS"
    """RSASSA-PSS (RFC 8017, section 8.1)."""
    ECDSA = "ECDSA"
    """With r and s in a DER sequence (RFC 5758)."""
    ECDSA_PLAIN = "ECDSA-plain"
    """With r and s of fixed length one after the other (BSI TR-03111, section 5.2.1.1)."""


RSA_PSS_OID: Final = "1.2.840.113549.1.1.10"
_KEY_OIDS: Final = {"1.2.840.113549.1.1.1": Scheme.RSA, "1.2.840.10045.2.1": Scheme.ECDSA}
"""Identifiers of keys, which some states write where the signature algorithm belongs."""
SIGNATURES: Final = {
    "1.2.840.113549.1.1.5": (Scheme.RSA, "SHA-1"),
    "1.3.14.3.2.29": (Scheme.RSA, "SHA-1"),
    "1.2.840.113549.1.1.14": (Scheme.RSA, "SHA-224"),
    "1.2.840.113549.1.1.11": (Scheme.RSA, "SHA-256"),
    "1.2.840.113549.1.1.12": (Scheme.RSA, "SHA-384"),
    "1.2.840.113549.1.1.13": (Scheme.RSA, "SHA-512"),
    "1.2.840.10045.4.1": (Scheme.ECDSA, "SHA-1"),
    "1.2.840.10045.4.3.1": (Scheme.ECDSA, "SHA-224"),
    "1.2.840.10045.4.3.2": (Scheme.ECDSA, "SHA-256"),
    "1.2.840.10045.4.3.3": (Scheme.ECDSA, "SHA-384"),
    "1.2.840.10045.4.3.4": (Scheme.ECDSA, "SHA-512"),
    "0.4.0.127.0.7.1.1.4.1.1": (Scheme.ECDSA_PLAIN, "SHA-1"),
    "0.4.0.127.0.7.1.1.4.1.2": (Scheme.ECDSA_PLAIN, "SHA-224"),
    "0.4.0.127.0.7.1.1.4.1.3": (Scheme.ECDSA_PLAIN, "SHA-256"),
    "0.4.0.127.0.7.1.1.4.1.4": (Scheme.ECDSA_PLAIN, "SHA-384"),
    "0.4.0.127.0.7.1.1.4.1.5": (Scheme.ECDSA_PLAIN, "SHA-512"),
}


@dataclass(frozen=True, slots=True)
class SignatureAlgorithm:
    """A signature scheme with its hash, e.g. RSA-PSS with SHA-256."""

    scheme: Scheme
    hash: str
    mask_hash: str = ""
    """Hash of the mask generation function; RSA-PSS only."""
    salt_length: int = 0
    """Bytes; RSA-PSS only."""

    def __str__(self) -> str:
        return f"{self.scheme} with {self.hash}"


def digest(name: str, data: bytes) -> bytes:
    """Hash of data by a name of `HASHES`."""
    return _HASH_FUNCTIONS[name](data).digest()


def hash_name(oid: str) -> str:
    """Name of a hash; raises UnsupportedAlgorithm for one that is not accepted."""
    name = HASHES.get(oid)
    if name is None:
        raise UnsupportedAlgorithm(f"the hash algorithm {oid} is not accepted")
    return name


def signature_algorithm(identifier: bytes, *, digest: str | None = None) -> SignatureAlgorithm:
    """The algorithm that an AlgorithmIdentifier names.

    Args:
        identifier: AlgorithmIdentifier as it stands in the data.
        digest: the hash to use where only a kind of key is named.

    Raises:
        UnsupportedAlgorithm: it is not accepted.
        MalformedPkiData: it is no AlgorithmIdentifier.
    """
    with malformed("a signature algorithm"):
        parts = core.SequenceOf.load(identifier, spec=core.Any)
        oid = parts[0].parse(core.ObjectIdentifier).dotted
        parameters = parts[1].dump() if len(parts) > 1 else b""
        if oid == RSA_PSS_OID:
            return _pss(parameters)
    if oid in SIGNATURES:
        return SignatureAlgorithm(*SIGNATURES[oid])
    if oid in _KEY_OIDS and digest is not None:
        return SignatureAlgorithm(_KEY_OIDS[oid], digest)
    raise UnsupportedAlgorithm(f"the signature algorithm {oid} is not accepted")


def encode_identifier(algorithm: SignatureAlgorithm) -> bytes:
    """The AlgorithmIdentifier of a signature algorithm, in DER; reads back as the same."""
    if algorithm.scheme is Scheme.RSA_PSS:
        parameters = algos.RSASSAPSSParams(
            {
                "hash_algorithm": {"algorithm": HASH_OIDS[algorithm.hash]},
                "mask_gen_algorithm": {
                    "algorithm": "mgf1",
                    "parameters": {"algorithm": HASH_OIDS[algorithm.mask_hash]},
                },
                "salt_length": algorithm.salt_length,
            }
        )
        return _identifier(RSA_PSS_OID, parameters.dump())
    oid = next(
        oid for oid, known in SIGNATURES.items() if known == (algorithm.scheme, algorithm.hash)
    )
    return _identifier(oid, b"\x05\x00" if algorithm.scheme is Scheme.RSA else b"")


def encode_hash_identifier(name: str) -> bytes:
    """The AlgorithmIdentifier of a hash, in DER."""
    return _identifier(HASH_OIDS[name], b"\x05\x00")


def encode_oid(oid: str) -> bytes:
    """An object identifier in DER."""
    encoded: bytes = core.ObjectIdentifier(oid).dump()
    return encoded


def _identifier(oid: str, parameters: bytes) -> bytes:
    return tlv.encode(_SEQUENCE, encode_oid(oid) + parameters)


def _pss(parameters: bytes) -> SignatureAlgorithm:
    """Parameters of RSASSA-PSS (RFC 4055, section 3.1); absent ones have their defaults."""
    if parameters in (b"", b"\x05\x00"):
        return SignatureAlgorithm(Scheme.RSA_PSS, "SHA-1", "SHA-1", 20)
    values = algos.RSASSAPSSParams.load(parameters)
    return SignatureAlgorithm(
        Scheme.RSA_PSS,
        hash_name(values["hash_algorithm"]["algorithm"].dotted),
        hash_name(values["mask_gen_algorithm"]["parameters"]["algorithm"].dotted),
        int(values["salt_length"].native),
    )
