"""Secure messaging with 3DES and AES (ICAO Doc 9303-11, section 9.8)."""

import hmac
from dataclasses import replace
from typing import Final

from devices.chip import tlv
from devices.chip.apdu import (
    EXTENDED_NE,
    SECURED,
    SHORT_NE,
    Command,
    Response,
    exchange,
    parse_command,
)
from devices.chip.crypto.cipher import Cipher, pad, unpad
from devices.chip.errors import ChipError, CryptoError, SessionLost
from devices.chip.transport import CardTransport

TAG_PLAIN_DATA: Final = 0x81
TAG_CRYPTOGRAM_BER: Final = 0x85
TAG_CRYPTOGRAM: Final = 0x87
TAG_LE: Final = 0x97
TAG_STATUS: Final = 0x99
TAG_MAC: Final = 0x8E

_PADDING_INDICATOR: Final = b"\x01"


class SessionKeys:
    """Keys and send sequence counter, and the data objects made with them.

    Terminal and card do the same with them, so both use this.
    """

    def __init__(
        self, cipher: Cipher, k_enc: bytes, k_mac: bytes, send_sequence_counter: int = 0
    ) -> None:
        self.cipher = cipher
        self._k_enc = k_enc
        self._k_mac = k_mac
        self._counter = send_sequence_counter

    def advance(self) -> None:
        """Increase the counter: once before each command and once before each response."""
        self._counter = (self._counter + 1) % (1 << 8 * self.cipher.block_length)

    @property
    def _ssc(self) -> bytes:
        return self._counter.to_bytes(self.cipher.block_length, "big")

    @property
    def _iv(self) -> bytes:
        if self.cipher is Cipher.TDES:
            return self.cipher.zero_iv
        return self.cipher.encrypt_block(self._k_enc, self._ssc)

    def encrypt(self, data: bytes) -> bytes:
        return self.cipher.encrypt(self._k_enc, self._iv, pad(data, self.cipher.block_length))

    def decrypt(self, cryptogram: bytes) -> bytes:
        return unpad(self.cipher.decrypt(self._k_enc, self._iv, cryptogram))

    def mac(self, message: bytes) -> bytes:
        return self.cipher.mac_padded(self._k_mac, self._ssc + message)

    def command_mac(self, header: bytes, objects: bytes) -> bytes:
        return self.mac(pad(header, self.cipher.block_length) + objects)


class SecureMessaging:
    """A transport that protects every command and checks every response.

    Its `transmit` takes and gives plain APDUs. It ends for good with the first thing that is not
    in order: from then on the two counters can no longer be trusted to agree.
    """

    def __init__(
        self,
        transport: CardTransport,
        cipher: Cipher,
        k_enc: bytes,
        k_mac: bytes,
        *,
        send_sequence_counter: int = 0,
    ) -> None:
        self._transport = transport
        self._keys = SessionKeys(cipher, k_enc, k_mac, send_sequence_counter)
        self._over = False

    @property
    def atr(self) -> bytes:
        return self._transport.atr

    @property
    def cipher(self) -> Cipher:
        return self._keys.cipher

    @property
    def transport(self) -> CardTransport:
        """What carries the protected commands."""
        return self._transport

    def transmit(self, apdu: bytes) -> bytes:
        """Send a plain command under protection and return the plain response.

        Raises:
            SessionLost: the card's answer is not protected, or its protection is wrong.
            ChipError: what the transport below raises.
        """
        if self._over:
            raise SessionLost("secure messaging has ended")
        command = parse_command(apdu)
        self._over = True  # until the answer has been found in order
        self._keys.advance()
        reply = exchange(self._transport, self._protect(command))
        self._keys.advance()
        response = self._open(reply)
        self._over = False
        return response.encode()

    def _protect(self, command: Command) -> Command:
        secured = replace(command, cla=command.cla | SECURED)
        objects = b""
        if command.data:
            cryptogram = self._keys.encrypt(command.data)
            if command.ins & 1:
                objects = tlv.encode(TAG_CRYPTOGRAM_BER, cryptogram)
            else:
                objects = tlv.encode(TAG_CRYPTOGRAM, _PADDING_INDICATOR + cryptogram)
        if command.ne is not None:
            objects += tlv.encode(TAG_LE, command.encoded_le())
        objects += tlv.encode(TAG_MAC, self._keys.command_mac(secured.header, objects))
        return replace(secured, data=objects, ne=EXTENDED_NE if command.extended else SHORT_NE)

    def _open(self, reply: Response) -> Response:
        if not reply.data:
            raise SessionLost("the card answered without secure messaging", reply.sw)
        try:
            return self._checked(reply)
        except SessionLost:
            raise
        except ChipError as error:
            raise SessionLost(f"a protected answer is not in order: {error}") from error

    def _checked(self, reply: Response) -> Response:
        objects = tlv.parse_all(reply.data)
        found = {item.tag: item for item in objects}
        if len(found) != len(objects) or TAG_MAC not in found:
            raise CryptoError("it lacks a checksum, or repeats an object")
        if objects[-1].tag != TAG_MAC:
            raise CryptoError("the checksum is not its last object")
        covered = b"".join(item.raw for item in objects[:-1])
        if not hmac.compare_digest(self._keys.mac(covered), found[TAG_MAC].value):
            raise CryptoError("its checksum is wrong")
        if TAG_STATUS not in found or len(found[TAG_STATUS].value) != 2:
            raise CryptoError("it has no protected status word")
        sw = int.from_bytes(found[TAG_STATUS].value, "big")
        return Response(self._plain_data(found), sw)

    def _plain_data(self, found: dict[int, tlv.Tlv]) -> bytes:
        if TAG_CRYPTOGRAM in found:
            value = found[TAG_CRYPTOGRAM].value
            if value[:1] != _PADDING_INDICATOR:
                raise CryptoError("its padding is of an unknown kind")
            return self._keys.decrypt(value[1:])
        if TAG_CRYPTOGRAM_BER in found:
            return self._keys.decrypt(found[TAG_CRYPTOGRAM_BER].value)
        if TAG_PLAIN_DATA in found:
            return found[TAG_PLAIN_DATA].value
        return b""
