"""Basic Access Control (ICAO Doc 9303-11, section 4.3)."""

import hmac
import secrets
from collections.abc import Callable

from devices.chip.access.credentials import MrzCredentials
from devices.chip.apdu import Command, exchange
from devices.chip.crypto.cipher import Cipher, Purpose
from devices.chip.errors import AccessDenied, AccessFailed, MalformedReply
from devices.chip.secure_messaging import SecureMessaging
from devices.chip.transport import CardTransport

RandomBytes = Callable[[int], bytes]

WRONG_CREDENTIALS = frozenset({0x6300, 0x6982, 0x6988, 0x6A80})
"""What cards answer to an authentication with keys of another MRZ; 63Cx besides."""


def is_wrong_credentials(sw: int) -> bool:
    """Whether a status word of the authentication means that the MRZ or CAN is not the card's."""
    return sw in WRONG_CREDENTIALS or sw & 0xFFF0 == 0x63C0


def perform_bac(
    transport: CardTransport,
    credentials: MrzCredentials,
    *,
    random_bytes: RandomBytes = secrets.token_bytes,
) -> SecureMessaging:
    """Run BAC; the eMRTD application must be selected.

    Raises:
        AccessDenied: the card does not accept the MRZ.
        AccessFailed: the card does not offer BAC.
        MalformedReply: the card's answer is no answer of BAC.
        ChipError: what the transport raises.
    """
    cipher = Cipher.TDES
    k_enc = cipher.derive(credentials.bac_seed, Purpose.ENCRYPTION)
    k_mac = cipher.derive(credentials.bac_seed, Purpose.MAC)

    challenge = exchange(transport, Command(0x00, 0x84, 0x00, 0x00, ne=8))
    if not challenge.ok:
        raise AccessFailed(f"the card does not offer BAC: GET CHALLENGE gave {challenge.sw:04X}")
    if len(challenge.data) != 8:
        raise MalformedReply("the card's challenge is not eight bytes")
    rnd_ic = challenge.data

    rnd_ifd, k_ifd = random_bytes(8), random_bytes(16)
    e_ifd = cipher.encrypt(k_enc, cipher.zero_iv, rnd_ifd + rnd_ic + k_ifd)
    reply = exchange(
        transport, Command(0x00, 0x82, 0x00, 0x00, e_ifd + cipher.mac(k_mac, e_ifd), ne=40)
    )
    if is_wrong_credentials(reply.sw):
        raise AccessDenied("the card does not accept the MRZ")
    if not reply.ok:
        raise AccessFailed(f"the card refused BAC with {reply.sw:04X}")
    if len(reply.data) != 40:
        raise MalformedReply("the card's answer in BAC is not 40 bytes")

    e_ic, m_ic = reply.data[:32], reply.data[32:]
    if not hmac.compare_digest(cipher.mac(k_mac, e_ic), m_ic):
        raise MalformedReply("the card's answer in BAC has a wrong checksum")
    answer = cipher.decrypt(k_enc, cipher.zero_iv, e_ic)
    if not hmac.compare_digest(answer[:16], rnd_ic + rnd_ifd):
        raise MalformedReply("the card's answer in BAC is not to our challenge")

    seed = bytes(a ^ b for a, b in zip(k_ifd, answer[16:], strict=True))
    return SecureMessaging(
        transport,
        cipher,
        cipher.derive(seed, Purpose.ENCRYPTION),
        cipher.derive(seed, Purpose.MAC),
        send_sequence_counter=int.from_bytes(rnd_ic[4:] + rnd_ifd[4:], "big"),
    )
