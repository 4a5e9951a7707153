"""Password Authenticated Connection Establishment (ICAO Doc 9303-11, section 4.4)."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from devices.chip import tlv
from devices.chip.access.bac import RandomBytes, is_wrong_credentials
from devices.chip.access.credentials import CanCredentials, MrzCredentials
from devices.chip.access.integrated_mapping import pseudo_random
from devices.chip.apdu import CHAINED, Command, exchange_long
from devices.chip.crypto.cipher import Cipher, Purpose, unpad
from devices.chip.crypto.key_agreement import Group, RandomBelow, group_of
from devices.chip.errors import AccessDenied, AccessFailed, MalformedReply
from devices.chip.secure_messaging import SecureMessaging
from devices.chip.security_infos import Mapping, PaceInfo, reference_octets
from devices.chip.transport import CardTransport

TAG_DYNAMIC_DATA: Final = 0x7C
TAG_NONCE: Final = 0x80
TAG_MAPPING_TERMINAL: Final = 0x81
TAG_MAPPING_CARD: Final = 0x82
TAG_KEY_TERMINAL: Final = 0x83
TAG_KEY_CARD: Final = 0x84
TAG_TOKEN_TERMINAL: Final = 0x85
TAG_TOKEN_CARD: Final = 0x86
TAG_CHIP_AUTHENTICATION_DATA: Final = 0x8A

_TAG_PUBLIC_KEY: Final = 0x7F49
_TAG_OID: Final = 0x06
_PASSWORD_MRZ: Final = 1
_PASSWORD_CAN: Final = 2
_NO_SUCH_PASSWORD: Final = 0x6A88
"""Referenced data not found (section 4.4.4.1)."""

PaceCredentials = MrzCredentials | CanCredentials


@dataclass(frozen=True, slots=True)
class ChipAuthenticationMappingData:
    """What the chip must be able to do with its static key (section 4.4.3.5)."""

    info: PaceInfo
    chip_authentication_data: bytes
    mapping_public_key: bytes


@dataclass(frozen=True, slots=True)
class PaceResult:
    session: SecureMessaging
    chip_authentication_mapping: ChipAuthenticationMappingData | None = None


def authentication_token(cipher: Cipher, k_mac: bytes, info: PaceInfo, key: bytes) -> bytes:
    """Token over the other side's ephemeral public key (section 4.4.3.4)."""
    tag = group_of(info.parameters).public_key_tag
    data = tlv.encode(_TAG_OID, info.protocol) + tlv.encode(tag, key)
    return cipher.mac(k_mac, tlv.encode(_TAG_PUBLIC_KEY, data))


def decrypt_chip_authentication_data(cipher: Cipher, k_enc: bytes, cryptogram: bytes) -> bytes:
    """The chip authentication data of PACE-CAM (section 4.4.3.5.2)."""
    iv = cipher.encrypt_block(k_enc, b"\xff" * cipher.block_length)
    return unpad(cipher.decrypt(k_enc, iv, cryptogram))


@dataclass(frozen=True, slots=True)
class Pace:
    """One run of PACE.

    Attributes:
        extended: the card takes extended length, which it needs for 2048-bit groups unless it
            does command chaining.
    """

    transport: CardTransport
    info: PaceInfo
    credentials: PaceCredentials
    extended: bool = False
    random_below: RandomBelow = secrets.randbelow
    random_bytes: RandomBytes = secrets.token_bytes

    def perform(self) -> PaceResult:
        """Run the protocol.

        Raises:
            AccessDenied: the card does not accept the MRZ or CAN.
            AccessFailed: the card does not go through with a protocol it advertises.
            MalformedReply, CryptoError: its answer is not one of PACE.
            ChipError: what the transport raises.
        """
        cipher = self.info.cipher
        self._set_authentication_template()
        nonce = self._nonce()
        group, mapping_key = self._map(nonce)

        own = group.generate(self.random_below)
        other = self._step(TAG_KEY_TERMINAL, own.public, TAG_KEY_CARD)
        if hmac.compare_digest(own.public, other):
            raise MalformedReply("the card sent our own key back")
        secret = group.shared_secret(own.private, other)
        k_enc = cipher.derive(secret, Purpose.ENCRYPTION)
        k_mac = cipher.derive(secret, Purpose.MAC)

        found = self._exchange(
            TAG_TOKEN_TERMINAL,
            authentication_token(cipher, k_mac, self.info, other),
            last=True,
        )
        token = found.get(TAG_TOKEN_CARD, b"")
        expected = authentication_token(cipher, k_mac, self.info, own.public)
        if not hmac.compare_digest(token, expected):
            raise MalformedReply("the card's authentication token is wrong")

        session = SecureMessaging(self.transport, cipher, k_enc, k_mac)
        if self.info.mapping is not Mapping.CHIP_AUTHENTICATION:
            return PaceResult(session)
        cryptogram = found.get(TAG_CHIP_AUTHENTICATION_DATA)
        if cryptogram is None:
            raise MalformedReply("the card sent no chip authentication data")
        data = decrypt_chip_authentication_data(cipher, k_enc, cryptogram)
        return PaceResult(session, ChipAuthenticationMappingData(self.info, data, mapping_key))

    def _set_authentication_template(self) -> None:
        is_can = isinstance(self.credentials, CanCredentials)
        data = tlv.encode(0x80, self.info.protocol)
        data += tlv.encode(0x83, bytes((_PASSWORD_CAN if is_can else _PASSWORD_MRZ,)))
        if self.info.ambiguous and self.info.parameter_id is not None:
            data += tlv.encode(0x84, reference_octets(self.info.parameter_id))
        reply = exchange_long(self.transport, Command(0x00, 0x22, 0xC1, 0xA4, data))
        if is_can and reply.sw == _NO_SUCH_PASSWORD:
            raise AccessDenied("the card has no card access number; its MRZ opens it")
        # 63Cx: the password is accepted, after x failed attempts before.
        if not reply.ok and reply.sw & 0xFFF0 != 0x63C0:
            raise AccessFailed(f"the card refused the PACE it advertises with {reply.sw:04X}")

    def _nonce(self) -> bytes:
        cipher = self.info.cipher
        found = self._exchange(None, b"")
        cryptogram = found.get(TAG_NONCE, b"")
        if len(cryptogram) not in (16, 32):
            raise MalformedReply("the card's PACE nonce is neither 16 nor 32 bytes")
        key = cipher.derive(self.credentials.pace_secret, Purpose.PASSWORD)
        return cipher.decrypt(key, cipher.zero_iv, cryptogram)

    def _map(self, nonce: bytes) -> tuple[Group, bytes]:
        """The mapped group, and the card's mapping key where the mapping has one."""
        group = group_of(self.info.parameters)
        if self.info.mapping is Mapping.INTEGRATED:
            own_nonce = self.random_bytes(self.info.cipher.key_length)
            self._exchange(TAG_MAPPING_TERMINAL, own_nonce)
            number = pseudo_random(self.info.cipher, nonce, own_nonce, group.prime_bits)
            return group.map_integrated(number), b""
        own = group.generate(self.random_below)
        other = self._step(TAG_MAPPING_TERMINAL, own.public, TAG_MAPPING_CARD)
        if hmac.compare_digest(own.public, other):
            raise MalformedReply("the card sent our own key back")
        return group.map_generic(nonce, own.private, other), other

    def _step(self, send: int, value: bytes, expect: int) -> bytes:
        found = self._exchange(send, value)
        if expect not in found:
            raise MalformedReply(f"the card's PACE answer lacks tag {expect:02X}")
        return found[expect]

    def _exchange(self, tag: int | None, value: bytes, *, last: bool = False) -> dict[int, bytes]:
        inner = tlv.encode(tag, value) if tag is not None else b""
        command = Command(
            0x00 if last else CHAINED, 0x86, 0x00, 0x00, tlv.encode(TAG_DYNAMIC_DATA, inner), 256
        )
        reply = exchange_long(self.transport, command, extended=self.extended)
        if last and is_wrong_credentials(reply.sw):
            raise AccessDenied("the card does not accept the MRZ or card access number")
        if not reply.ok:
            raise AccessFailed(f"the card broke off PACE with {reply.sw:04X}")
        if not reply.data:
            return {}
        outer = tlv.parse(reply.data)
        if outer.tag != TAG_DYNAMIC_DATA:
            raise MalformedReply("the card's PACE answer is no dynamic authentication data")
        return {item.tag: item.value for item in outer.children()}
