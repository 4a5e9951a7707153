"""Object identifiers of the protocols, as DER contents (ICAO Doc 9303-11, 9.2; TR-03110-3, A.1)."""

from typing import Final

BSI_PROTOCOLS: Final = bytes.fromhex("04007F00070202")
PUBLIC_KEY: Final = BSI_PROTOCOLS + b"\x01"
CHIP_AUTHENTICATION: Final = BSI_PROTOCOLS + b"\x03"
PACE: Final = BSI_PROTOCOLS + b"\x04"
ACTIVE_AUTHENTICATION: Final = bytes.fromhex("678108010105")

STANDARDISED_DOMAIN_PARAMETERS: Final = bytes.fromhex("04007F00070102")
EC_PUBLIC_KEY: Final = bytes.fromhex("2A8648CE3D0201")
PRIME_FIELD: Final = bytes.fromhex("2A8648CE3D0101")
DH_PUBLIC_NUMBER: Final = bytes.fromhex("2A8648CE3E0201")
DH_KEY_AGREEMENT: Final = bytes.fromhex("2A864886F70D010301")

PLAIN_ECDSA: Final = bytes.fromhex("04007F000701010401")
"""ecdsa-plain-signatures of TR-03111; one octet for the hash follows."""
ECDSA_PLAIN_HASHES: Final = {1: "sha1", 2: "sha224", 3: "sha256", 4: "sha384", 5: "sha512"}


_LONGEST: Final = 64
"""Octets of the longest identifier that is written out; real ones have 5 to 11."""


def dotted(oid: bytes) -> str:
    """An object identifier as people read it; of one that is absurdly long only its beginning."""
    if not oid:
        return ""
    arcs = [min(oid[0] // 40, 2)]
    arcs.append(oid[0] - 40 * arcs[0])
    number = 0
    for octet in oid[1:_LONGEST]:
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(number)
            number = 0
    more = ["..."] if len(oid) > _LONGEST else []
    return ".".join([*map(str, arcs), *more])
