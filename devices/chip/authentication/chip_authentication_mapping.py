"""Verification of PACE with chip authentication mapping (ICAO Doc 9303-11, section 4.4.3.5)."""

import hmac
from collections.abc import Iterable

from devices.chip.access.pace import ChipAuthenticationMappingData
from devices.chip.crypto.key_agreement import EcGroup, group_of
from devices.chip.errors import CryptoError
from devices.chip.security_infos import ChipAuthenticationPublicKeyInfo


def verify_chip_authentication_mapping(
    data: ChipAuthenticationMappingData, keys: Iterable[ChipAuthenticationPublicKeyInfo]
) -> None:
    """Check that the chip made its mapping key with one of its static keys.

    The keys have to come from a signed file: EF.CardSecurity or DG14.

    Raises:
        CryptoError: it did not, or no key is on the curve of the mapping.
    """
    group = group_of(data.info.parameters)
    if not isinstance(group, EcGroup):
        raise CryptoError("chip authentication mapping is defined for elliptic curves only")
    number = int.from_bytes(data.chip_authentication_data, "big")
    candidates = [key for key in keys if key.key.parameters is data.info.parameters]
    if not candidates:
        raise CryptoError("the chip states no static key on the curve of its PACE")
    for key in candidates:
        if hmac.compare_digest(group.multiply(number, key.key.public), data.mapping_public_key):
            return
    raise CryptoError("the chip did not prove to have the private key of PACE-CAM")
