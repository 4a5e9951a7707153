"""Secure messaging between both sides, and against whoever tampers with it."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.chip import tlv
from devices.chip.apdu import Command, Response, exchange
from devices.chip.crypto.cipher import Cipher, pad, unpad
from devices.chip.errors import CardRemoved, CryptoError, SessionLost
from devices.chip.secure_messaging import SecureMessaging, SessionKeys

CIPHERS = list(Cipher)


def keys_of(cipher: Cipher, counter: int = 0) -> SessionKeys:
    k_enc, k_mac = bytes(range(cipher.key_length)), bytes(range(1, cipher.key_length + 1))
    return SessionKeys(cipher, k_enc, k_mac, counter)


class Card:
    """Answers every command with data and a status word, under protection."""

    atr = b""

    def __init__(self, cipher: Cipher, answer: bytes, sw: int = 0x9000) -> None:
        self.keys = keys_of(cipher)
        self.answer = answer
        self.sw = sw
        self.tamper: Callable[[bytes], bytes] = lambda reply: reply

    def transmit(self, apdu: bytes) -> bytes:
        self.keys.advance()
        self.keys.advance()
        objects = b""
        if self.answer:
            objects = tlv.encode(0x87, b"\x01" + self.keys.encrypt(self.answer))
        objects += tlv.encode(0x99, self.sw.to_bytes(2, "big"))
        objects += tlv.encode(0x8E, self.keys.mac(objects))
        return self.tamper(Response(objects, self.sw).encode())


def session(card: Card) -> SecureMessaging:
    cipher = card.keys.cipher
    k_enc, k_mac = bytes(range(cipher.key_length)), bytes(range(1, cipher.key_length + 1))
    return SecureMessaging(card, cipher, k_enc, k_mac)


READ = Command(0x00, 0xB0, 0x81, 0x00, ne=223)


@pytest.mark.parametrize("cipher", CIPHERS)
@given(answer=st.binary(max_size=300), sw=st.sampled_from([0x9000, 0x6282, 0x6A82]))
@settings(max_examples=20, deadline=None)
def test_what_the_card_says_arrives(cipher: Cipher, answer: bytes, sw: int) -> None:
    channel = session(Card(cipher, answer, sw))
    for _ in range(2):
        assert exchange(channel, READ) == Response(answer, sw)


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_bit_changed_anywhere_ends_the_session_for_good(cipher: Cipher) -> None:
    length = len(Card(cipher, b"specimen").transmit(b""))
    for position in range(length - 2):
        card = Card(cipher, b"specimen")
        card.tamper = (
            lambda reply, at=position: (  # type: ignore[misc] # bound now
                reply[:at] + bytes((reply[at] ^ 1,)) + reply[at + 1 :]
            )
        )
        channel = session(card)
        with pytest.raises(SessionLost):
            exchange(channel, READ)
        card.tamper = lambda reply: reply
        with pytest.raises(SessionLost):
            exchange(channel, READ)


@pytest.mark.parametrize("reply", ["9000", "6982", "99029000" + "9000", "8E0800000000000000009000"])
def test_an_answer_without_protection_is_not_believed(reply: str) -> None:
    card = Card(Cipher.AES128, b"")
    card.tamper = lambda _reply: bytes.fromhex(reply)
    with pytest.raises(SessionLost):
        exchange(session(card), READ)


def test_a_replayed_answer_is_not_believed() -> None:
    card = Card(Cipher.AES128, b"first")
    channel = session(card)
    said: list[bytes] = []

    def replay(reply: bytes) -> bytes:
        said.append(reply)
        return said[0]

    card.tamper = replay
    assert exchange(channel, READ).data == b"first"
    with pytest.raises(SessionLost):
        exchange(channel, READ)


@given(reply=st.binary(max_size=60))
@settings(max_examples=150)
def test_nonsense_ends_the_session_and_nothing_else(reply: bytes) -> None:
    card = Card(Cipher.AES128, b"")
    card.tamper = lambda _reply: reply + b"\x90\x00"
    with pytest.raises(SessionLost):
        exchange(session(card), READ)


def test_a_session_does_not_outlive_a_command_without_an_answer() -> None:
    class Removed(Card):
        def transmit(self, apdu: bytes) -> bytes:
            raise CardRemoved("taken away")

    channel = session(Removed(Cipher.AES128, b""))
    with pytest.raises(CardRemoved):
        exchange(channel, READ)
    with pytest.raises(SessionLost):
        exchange(channel, READ)


@given(data=st.binary(max_size=100), block=st.sampled_from([8, 16]))
def test_padding_comes_off_again(data: bytes, block: int) -> None:
    padded = pad(data, block)
    assert len(padded) % block == 0
    assert unpad(padded) == data


@pytest.mark.parametrize("data", [b"", b"\x00" * 16, b"\x01" * 16])
def test_data_that_is_not_padded_is_refused(data: bytes) -> None:
    with pytest.raises(CryptoError):
        unpad(data)


def test_the_counter_wraps_as_the_card_does() -> None:
    keys = keys_of(Cipher.TDES, (1 << 64) - 1)
    keys.advance()
    assert keys.mac(b"") == keys_of(Cipher.TDES, 0).mac(b"")
