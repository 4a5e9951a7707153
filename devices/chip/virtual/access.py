"""The card's side of BAC and PACE (ICAO Doc 9303-11, section 4)."""

import hmac
import secrets
from dataclasses import dataclass

from devices.chip import object_identifiers as oids
from devices.chip import tlv
from devices.chip.access.credentials import CanCredentials, MrzCredentials
from devices.chip.access.integrated_mapping import pseudo_random
from devices.chip.access.pace import (
    TAG_CHIP_AUTHENTICATION_DATA,
    TAG_DYNAMIC_DATA,
    TAG_KEY_CARD,
    TAG_KEY_TERMINAL,
    TAG_MAPPING_CARD,
    TAG_MAPPING_TERMINAL,
    TAG_NONCE,
    TAG_TOKEN_CARD,
    TAG_TOKEN_TERMINAL,
    authentication_token,
)
from devices.chip.crypto.cipher import Cipher, Purpose, pad
from devices.chip.crypto.domain_parameters import DhParameters, by_id
from devices.chip.crypto.key_agreement import Group, KeyPair, group_of
from devices.chip.errors import CryptoError
from devices.chip.secure_messaging import SessionKeys
from devices.chip.security_infos import KeyAgreement, Mapping, PaceInfo
from devices.chip.virtual.content import CardContent
from devices.chip.virtual.errors import CardError
from devices.documents.specimen_chip import ChipSpec, PaceSpec

WRONG_DATA = 0x6A80
CONDITIONS_NOT_SATISFIED = 0x6985
KEY_NOT_FOUND = 0x6A88


def pace_info(spec: PaceSpec) -> PaceInfo:
    """What EF.CardAccess says of a variant in a specimen file."""
    cipher = next(cipher for cipher in Cipher if cipher.label == spec.cipher)
    return PaceInfo(
        KeyAgreement(spec.key_agreement),
        Mapping(spec.mapping),
        cipher,
        by_id(spec.domain_parameters),
        spec.domain_parameters,
    )


class BacCard:
    """GET CHALLENGE and EXTERNAL AUTHENTICATE."""

    def __init__(self, credentials: MrzCredentials, spec: ChipSpec) -> None:
        self._offered = spec.bac
        self._refusal = int(spec.quirks.bac_refusal, 16)
        self._wrong = int(spec.quirks.wrong_credentials, 16)
        self._k_enc = Cipher.TDES.derive(credentials.bac_seed, Purpose.ENCRYPTION)
        self._k_mac = Cipher.TDES.derive(credentials.bac_seed, Purpose.MAC)
        self._challenge: bytes | None = None

    def challenge(self) -> bytes:
        if not self._offered:
            raise CardError(self._refusal)
        self._challenge = secrets.token_bytes(8)
        return self._challenge

    def authenticate(self, data: bytes) -> tuple[bytes, SessionKeys]:
        """Answer to EXTERNAL AUTHENTICATE, and the keys from then on."""
        if not self._offered:
            raise CardError(self._refusal)
        rnd_ic, self._challenge = self._challenge, None
        if rnd_ic is None:
            raise CardError(CONDITIONS_NOT_SATISFIED)
        if len(data) != 40:
            raise CardError(0x6700)
        cryptogram, mac = data[:32], data[32:]
        if not hmac.compare_digest(Cipher.TDES.mac(self._k_mac, cryptogram), mac):
            raise CardError(self._wrong)
        plain = Cipher.TDES.decrypt(self._k_enc, bytes(8), cryptogram)
        rnd_ifd, k_ifd = plain[:8], plain[16:]
        if plain[8:16] != rnd_ic:
            raise CardError(self._wrong)
        k_ic = secrets.token_bytes(16)
        answer = Cipher.TDES.encrypt(self._k_enc, bytes(8), rnd_ic + rnd_ifd + k_ic)
        seed = bytes(a ^ b for a, b in zip(k_ifd, k_ic, strict=True))
        keys = SessionKeys(
            Cipher.TDES,
            Cipher.TDES.derive(seed, Purpose.ENCRYPTION),
            Cipher.TDES.derive(seed, Purpose.MAC),
            int.from_bytes(rnd_ic[4:] + rnd_ifd[4:], "big"),
        )
        return answer + Cipher.TDES.mac(self._k_mac, answer), keys


@dataclass(slots=True)
class _Run:
    """One PACE under way."""

    info: PaceInfo
    credentials: MrzCredentials | CanCredentials
    group: Group
    nonce: bytes = b""
    mapping: KeyPair | None = None
    own: KeyPair | None = None
    other: bytes = b""


class PaceCard:
    """MSE:Set AT and the four steps of GENERAL AUTHENTICATE."""

    def __init__(self, content: CardContent, spec: ChipSpec) -> None:
        self._content = content
        self._wrong = int(spec.quirks.wrong_credentials, 16)
        self._infos = tuple(pace_info(item) for item in spec.pace)
        self._run: _Run | None = None

    @property
    def running(self) -> bool:
        return self._run is not None

    def abort(self) -> None:
        self._run = None

    def set_authentication_template(self, data: bytes) -> None:
        found = {item.tag: item.value for item in tlv.parse_all(data)}
        protocol = found.get(0x80, b"")
        matching = [info for info in self._infos if info.protocol == protocol]
        if 0x84 in found:
            number = int.from_bytes(found[0x84], "big")
            matching = [info for info in matching if info.parameter_id == number]
        password = {
            b"\x01": self._content.mrz,
            b"\x02": self._content.can,
        }.get(found.get(0x83, b""))
        if not protocol.startswith(oids.PACE) or not matching:
            raise CardError(WRONG_DATA)
        if password is None:
            raise CardError(KEY_NOT_FOUND)
        info = matching[0]
        self._run = _Run(info, password, group_of(info.parameters))

    def step(self, data: bytes) -> tuple[bytes, SessionKeys | None]:
        """Answer to a GENERAL AUTHENTICATE; after the last one also the keys from then on."""
        run, self._run = self._run, None
        if run is None:
            raise CardError(CONDITIONS_NOT_SATISFIED)
        outer = tlv.parse(data)
        if outer.tag != TAG_DYNAMIC_DATA:
            raise CardError(WRONG_DATA)
        found = {item.tag: item.value for item in outer.children()}
        keys: SessionKeys | None = None
        try:
            if not found:
                answer = self._give_nonce(run)
            elif TAG_MAPPING_TERMINAL in found and run.nonce:
                answer = self._map(run, found[TAG_MAPPING_TERMINAL])
            elif TAG_KEY_TERMINAL in found and run.nonce:
                run.other = found[TAG_KEY_TERMINAL]
                run.own = run.group.generate()
                answer = tlv.encode(TAG_KEY_CARD, run.own.public)
            elif TAG_TOKEN_TERMINAL in found and run.own is not None:
                answer, keys = self._authenticate(run, run.own, found[TAG_TOKEN_TERMINAL])
            else:
                raise CardError(CONDITIONS_NOT_SATISFIED)
        except CryptoError:
            raise CardError(self._wrong) from None
        if keys is None:
            self._run = run
        return tlv.encode(TAG_DYNAMIC_DATA, answer), keys

    def _give_nonce(self, run: _Run) -> bytes:
        cipher = run.info.cipher
        is_integrated = run.info.mapping is Mapping.INTEGRATED
        length = 32 if is_integrated and cipher.key_length > 16 else 16
        run.nonce = secrets.token_bytes(length)
        key = cipher.derive(run.credentials.pace_secret, Purpose.PASSWORD)
        return tlv.encode(TAG_NONCE, cipher.encrypt(key, cipher.zero_iv, run.nonce))

    def _map(self, run: _Run, data: bytes) -> bytes:
        if run.info.mapping is Mapping.INTEGRATED:
            number = pseudo_random(run.info.cipher, run.nonce, data, run.group.prime_bits)
            run.group = run.group.map_integrated(number)
            return tlv.encode(TAG_MAPPING_CARD, b"")
        run.mapping = run.group.generate()
        public = run.mapping.public
        run.group = run.group.map_generic(run.nonce, run.mapping.private, data)
        return tlv.encode(TAG_MAPPING_CARD, public)

    def _authenticate(self, run: _Run, own: KeyPair, token: bytes) -> tuple[bytes, SessionKeys]:
        cipher = run.info.cipher
        secret = run.group.shared_secret(own.private, run.other)
        k_enc = cipher.derive(secret, Purpose.ENCRYPTION)
        k_mac = cipher.derive(secret, Purpose.MAC)
        expected = authentication_token(cipher, k_mac, run.info, own.public)
        if not hmac.compare_digest(expected, token):
            raise CardError(self._wrong)
        answer = tlv.encode(
            TAG_TOKEN_CARD, authentication_token(cipher, k_mac, run.info, run.other)
        )
        if run.info.mapping is Mapping.CHIP_AUTHENTICATION:
            answer += self._chip_authentication_data(run, k_enc)
        return answer, SessionKeys(cipher, k_enc, k_mac)

    def _chip_authentication_data(self, run: _Run, k_enc: bytes) -> bytes:
        key, mapping, cipher = self._content.mapping_key, run.mapping, run.info.cipher
        if key is None or mapping is None or isinstance(key.parameters, DhParameters):
            raise CardError(CONDITIONS_NOT_SATISFIED)
        order = key.parameters.order
        number = pow(key.private, -1, order) * mapping.private % order
        length = (order.bit_length() + 7) // 8
        iv = cipher.encrypt_block(k_enc, b"\xff" * cipher.block_length)
        data = pad(int(number).to_bytes(length, "big"), cipher.block_length)
        return tlv.encode(TAG_CHIP_AUTHENTICATION_DATA, cipher.encrypt(k_enc, iv, data))
