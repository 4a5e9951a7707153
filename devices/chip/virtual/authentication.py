"""The card's side of chip authentication and active authentication (Doc 9303-11, section 6)."""

import hashlib
import secrets

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from ecdsa import SigningKey
from ecdsa.util import sigencode_der, sigencode_string

from devices.chip import tlv
from devices.chip.crypto import iso9796
from devices.chip.crypto.cipher import Cipher, Purpose
from devices.chip.crypto.key_agreement import group_of
from devices.chip.errors import CryptoError
from devices.chip.secure_messaging import SessionKeys
from devices.chip.security_infos import ChipAuthenticationInfo, KeyAgreement
from devices.chip.virtual.access import CONDITIONS_NOT_SATISFIED, KEY_NOT_FOUND, WRONG_DATA
from devices.chip.virtual.content import CardContent, ChipKey
from devices.chip.virtual.errors import CardError
from devices.documents.specimen_chip import (
    ChipAuthenticationSpec,
    ChipSpec,
    EcdsaActiveAuthenticationSpec,
)

_TAG_DYNAMIC_DATA = 0x7C


def chip_authentication_info(spec: ChipAuthenticationSpec) -> ChipAuthenticationInfo:
    """What DG14 says of a key in a specimen file."""
    cipher = next(cipher for cipher in Cipher if cipher.label == spec.cipher)
    return ChipAuthenticationInfo(KeyAgreement(spec.key_agreement), cipher, spec.key_id)


class ChipAuthenticationCard:
    """MSE:Set KAT, or MSE:Set AT with GENERAL AUTHENTICATE (section 6.2)."""

    def __init__(self, content: CardContent, spec: ChipSpec) -> None:
        infos = (chip_authentication_info(item) for item in spec.chip_authentication)
        self._keys = tuple(zip(infos, content.chip_authentication_keys, strict=True))
        self._chosen: tuple[ChipAuthenticationInfo, ChipKey] | None = None

    @property
    def chosen(self) -> bool:
        return self._chosen is not None

    def abort(self) -> None:
        self._chosen = None

    def set_key_agreement_template(self, data: bytes) -> SessionKeys:
        """MSE:Set KAT, for 3DES."""
        found = {item.tag: item.value for item in tlv.parse_all(data)}
        if 0x91 not in found:
            raise CardError(WRONG_DATA)
        candidates = [pair for pair in self._keys if pair[0].cipher is Cipher.TDES]
        return self._agree(*self._by_id(candidates, found.get(0x84)), found[0x91])

    def set_authentication_template(self, data: bytes) -> None:
        """MSE:Set AT, for AES (and 3DES where the terminal prefers it)."""
        found = {item.tag: item.value for item in tlv.parse_all(data)}
        candidates = [pair for pair in self._keys if pair[0].protocol == found.get(0x80)]
        self._chosen = self._by_id(candidates, found.get(0x84))

    def general_authenticate(self, data: bytes) -> tuple[bytes, SessionKeys]:
        chosen, self._chosen = self._chosen, None
        outer = tlv.parse(data)
        found = {item.tag: item.value for item in outer.children()}
        if chosen is None or outer.tag != _TAG_DYNAMIC_DATA or 0x80 not in found:
            raise CardError(CONDITIONS_NOT_SATISFIED)
        return tlv.encode(_TAG_DYNAMIC_DATA, b""), self._agree(*chosen, found[0x80])

    def _by_id(
        self, candidates: list[tuple[ChipAuthenticationInfo, ChipKey]], key_id: bytes | None
    ) -> tuple[ChipAuthenticationInfo, ChipKey]:
        wanted = None if key_id is None else int.from_bytes(key_id, "big")
        for info, key in candidates:
            if info.key_id == wanted:
                return info, key
        raise CardError(KEY_NOT_FOUND)

    def _agree(self, info: ChipAuthenticationInfo, key: ChipKey, public: bytes) -> SessionKeys:
        try:
            secret = group_of(key.parameters).shared_secret(key.private, public)
        except CryptoError:
            raise CardError(WRONG_DATA) from None
        return SessionKeys(
            info.cipher,
            info.cipher.derive(secret, Purpose.ENCRYPTION),
            info.cipher.derive(secret, Purpose.MAC),
        )


class ActiveAuthenticationCard:
    """INTERNAL AUTHENTICATE (section 6.1)."""

    def __init__(self, content: CardContent, spec: ChipSpec) -> None:
        self._key = content.active_authentication_key
        self._spec = spec.active_authentication

    def sign(self, challenge: bytes) -> bytes:
        if self._spec is None or self._key is None:
            raise CardError(0x6D00)
        if len(challenge) != 8:
            raise CardError(WRONG_DATA)
        hash_name = self._spec.hash.replace("-", "").lower()
        if isinstance(self._key, RSAPrivateKey):
            return _sign_rsa(self._key, hash_name, challenge)
        signing_key = SigningKey.from_secret_exponent(self._key.private, curve=self._key.parameters)
        is_der = isinstance(self._spec, EcdsaActiveAuthenticationSpec) and (
            self._spec.signature == "DER"
        )
        signature: bytes = signing_key.sign(
            challenge,
            hashfunc=getattr(hashlib, hash_name),
            sigencode=sigencode_der if is_der else sigencode_string,
            allow_truncate=True,
        )
        return signature


def _sign_rsa(key: RSAPrivateKey, hash_name: str, challenge: bytes) -> bytes:
    numbers = key.private_numbers()
    n = numbers.public_numbers.n
    length = (n.bit_length() + 7) // 8
    trailer = iso9796.trailer(hash_name)
    digest_length = hashlib.new(hash_name, usedforsecurity=False).digest_size
    own_part = secrets.token_bytes(length - digest_length - len(trailer) - 1)
    message = iso9796.compose(own_part, challenge, hash_name)
    return pow(int.from_bytes(message, "big"), numbers.d, n).to_bytes(length, "big")
