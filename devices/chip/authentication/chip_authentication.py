"""Chip authentication version 1 (ICAO Doc 9303-11, section 6.2)."""

import secrets
from dataclasses import dataclass
from typing import Final

from devices.chip import tlv
from devices.chip.apdu import SHORT_BLOCK, Command, exchange_long
from devices.chip.crypto.cipher import Cipher, Purpose
from devices.chip.crypto.key_agreement import RandomBelow, group_of
from devices.chip.errors import CardRefused
from devices.chip.secure_messaging import SecureMessaging
from devices.chip.security_infos import (
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKeyInfo,
    SecurityInfos,
    reference_octets,
)

_TAG_DYNAMIC_DATA: Final = 0x7C
_TAG_PUBLIC_KEY: Final = 0x91
_TAG_KEY_REFERENCE: Final = 0x84
_PREFERENCE: Final = (Cipher.AES256, Cipher.AES192, Cipher.AES128, Cipher.TDES)


@dataclass(frozen=True, slots=True)
class Choice:
    """A protocol and the static key it is run with."""

    info: ChipAuthenticationInfo
    key: ChipAuthenticationPublicKeyInfo


def choose(infos: SecurityInfos) -> Choice | None:
    """The strongest protocol of DG14 for which there is a key; None where there is none.

    The two are matched by key id. Where DG14 has a key but does not say with which protocol it
    goes, it is the one of the first edition, 3DES.
    """
    choices = [
        Choice(info, key)
        for key in infos.chip_authentication_keys
        for info in _protocols_for(key, infos)
    ]
    return min(choices, key=lambda it: _PREFERENCE.index(it.info.cipher), default=None)


def _protocols_for(
    key: ChipAuthenticationPublicKeyInfo, infos: SecurityInfos
) -> list[ChipAuthenticationInfo]:
    same_kind = [
        info for info in infos.chip_authentication if info.key_agreement is key.key_agreement
    ]
    named = [info for info in same_kind if info.key_id == key.key_id]
    if named:
        return named
    if len(infos.chip_authentication_keys) == 1 and same_kind:
        return same_kind
    if infos.chip_authentication:
        return []
    return [ChipAuthenticationInfo(key.key_agreement, Cipher.TDES, key.key_id)]


def perform_chip_authentication(
    session: SecureMessaging,
    choice: Choice,
    *,
    extended: bool = False,
    random_below: RandomBelow = secrets.randbelow,
) -> SecureMessaging:
    """Agree on new session keys with the chip's static key; return the new session.

    That the chip has the private key is shown only by its first answer in the new session.

    Raises:
        CardRefused: the card refuses a protocol that it advertises.
        CryptoError: its key is not acceptable.
        ChipError: what the session raises.
    """
    info, key = choice.info, choice.key.key
    group = group_of(key.parameters)
    own = group.generate(random_below)
    secret = group.shared_secret(own.private, key.public)
    reference = b""
    if info.key_id is not None:
        reference = tlv.encode(_TAG_KEY_REFERENCE, reference_octets(info.key_id))

    if info.cipher is Cipher.TDES:
        data = tlv.encode(_TAG_PUBLIC_KEY, own.public) + reference
        commands = [Command(0x00, 0x22, 0x41, 0xA6, data)]
    else:
        data = tlv.encode(_TAG_DYNAMIC_DATA, tlv.encode(0x80, own.public))
        commands = [
            Command(0x00, 0x22, 0x41, 0xA4, tlv.encode(0x80, info.protocol) + reference),
            Command(0x00, 0x86, 0x00, 0x00, data, ne=256),
        ]
    for command in commands:
        reply = exchange_long(session, command, extended=extended, max_data=SHORT_BLOCK)
        if not reply.ok:
            raise CardRefused("chip authentication", reply.sw)
    return SecureMessaging(
        session.transport,
        info.cipher,
        info.cipher.derive(secret, Purpose.ENCRYPTION),
        info.cipher.derive(secret, Purpose.MAC),
    )
