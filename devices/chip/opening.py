"""Opening a chip: what it offers, then PACE or BAC (ICAO Doc 9303-11, section 4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from devices.chip.access.bac import perform_bac
from devices.chip.access.credentials import Credentials
from devices.chip.access.pace import (
    ChipAuthenticationMappingData,
    Pace,
    PaceCredentials,
    PaceResult,
)
from devices.chip.apdu import OK, Command, exchange
from devices.chip.crypto.cipher import Cipher
from devices.chip.errors import (
    AccessDenied,
    AccessFailed,
    CardRefused,
    ChipError,
    CryptoError,
    MalformedReply,
    UnsupportedDocument,
)
from devices.chip.files import WARNINGS, FileReader
from devices.chip.lds import files
from devices.chip.reading_style import ReadingStyle, extended_limit, says_extended
from devices.chip.secure_messaging import SecureMessaging
from devices.chip.security_infos import (
    KeyAgreement,
    Mapping,
    PaceInfo,
    SecurityInfos,
    parse_security_infos,
)
from devices.chip.tlv import TlvError
from devices.chip.transport import CardTransport

_SELECT_MASTER_FILE: Final = (
    Command(0x00, 0xA4, 0x00, 0x0C, b"\x3f\x00"),
    Command(0x00, 0xA4, 0x00, 0x0C),
)
_SELECT_APPLICATION: Final = Command(0x00, 0xA4, 0x04, 0x0C, files.APPLICATION)
_MAPPINGS: Final = (Mapping.CHIP_AUTHENTICATION, Mapping.GENERIC, Mapping.INTEGRATED)
_CIPHERS: Final = (Cipher.AES256, Cipher.AES192, Cipher.AES128, Cipher.TDES)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a chip says before it is opened."""

    infos: SecurityInfos
    style: ReadingStyle


@dataclass(frozen=True, slots=True)
class Opened:
    """An open chip, with the eMRTD application selected."""

    session: SecureMessaging
    name: str
    """E.g. ``BAC``."""
    mapping_data: ChipAuthenticationMappingData | None = None
    card_security: bytes | None = None
    """EF.CardSecurity, read where PACE-CAM needs it."""


def look(transport: CardTransport, *, thorough: bool = False) -> Offer:
    """Find out what the chip offers, without a session.

    Args:
        thorough: also look for EF.CardAccess where the first answer said that there is none.

    Raises:
        MalformedReply, TlvError: EF.CardAccess is not in order. That is no reason to go on
            without it: whoever can garble it could force the weaker BAC.
        ChipError: what the transport raises.
    """
    style = ReadingStyle(extended=says_extended(transport.atr))
    # Before a session, a file is read in short blocks: it is small.
    reader = FileReader(transport, replace(style, extended=False))
    raw = None if thorough else _try_read(reader, files.EF_CARD_ACCESS)
    if raw is None and (thorough or not reader.style.short_ids):
        for command in _SELECT_MASTER_FILE:
            if exchange(transport, command).sw in {OK, *WARNINGS}:
                break
        reader.style = replace(reader.style, short_ids=False)
        raw = _try_read(reader, files.EF_CARD_ACCESS)
    infos = parse_security_infos(raw) if raw is not None else SecurityInfos()
    if not style.extended:
        style = _with_extended_length(reader, style)
    learned = reader.style
    return Offer(
        infos,
        replace(style, one_shot=learned.one_shot, short_ids=learned.short_ids or thorough),
    )


def _try_read(reader: FileReader, file_id: int) -> bytes | None:
    try:
        return reader.read(file_id)
    except CardRefused:
        return None


def _with_extended_length(reader: FileReader, style: ReadingStyle) -> ReadingStyle:
    """Ask EF.ATR/INFO; a short read of a file cannot disturb any session."""
    limit = extended_limit(reader.read_objects(files.EF_ATR_INFO))
    return replace(style, extended=True, most=limit) if limit else style


def open_chip(transport: CardTransport, offer: Offer, credentials: Credentials) -> Opened:
    """Run the access protocol that the chip offers; PACE is never given up for BAC.

    Raises:
        AccessDenied: the chip accepts neither MRZ nor card access number.
        AccessFailed: the protocol fails for another reason, or the credentials do not go with it.
        UnsupportedDocument: there is no eMRTD application.
        ChipError: what the transport raises.
    """
    if offer.infos.pace_advertised:
        return _with_pace(transport, offer, credentials)
    select_application(transport)
    if credentials.mrz is None:
        raise AccessFailed("the chip has BAC only, which needs the MRZ; a CAN does not open it")
    return Opened(perform_bac(transport, credentials.mrz), "BAC")


def select_application(transport: CardTransport) -> None:
    """Select the eMRTD application; raises UnsupportedDocument where there is none."""
    reply = exchange(transport, _SELECT_APPLICATION)
    if reply.sw not in {OK, *WARNINGS}:
        raise UnsupportedDocument(f"the chip has no eMRTD application ({reply.sw:04X})")


def preferred(infos: Sequence[PaceInfo]) -> list[PaceInfo]:
    """The variants to try, best first: fewest commands in all, then strength, then speed."""
    return sorted(
        infos,
        key=lambda info: (
            _MAPPINGS.index(info.mapping),
            info.key_agreement is not KeyAgreement.ECDH,
            _CIPHERS.index(info.cipher),
        ),
    )


def _with_pace(transport: CardTransport, offer: Offer, credentials: Credentials) -> Opened:
    if not offer.infos.pace:
        raise AccessFailed("the chip asks for a variant of PACE that is not standardised")
    error: ChipError = AccessFailed("PACE failed")
    for info in preferred(offer.infos.pace):
        try:
            result = _pace_with_any(transport, offer, info, credentials)
        except (AccessFailed, CryptoError, MalformedReply, TlvError) as failure:
            error = failure
            continue
        card_security = None
        style = offer.style
        if result.chip_authentication_mapping is not None:
            reader = FileReader(result.session, style)
            card_security = _try_read(reader, files.EF_CARD_SECURITY)
        select_application(result.session)
        return Opened(result.session, info.name, result.chip_authentication_mapping, card_security)
    raise AccessFailed(
        f"the chip asks for PACE, and it failed; BAC is not tried instead: {error}"
    ) from error


def _pace_with_any(
    transport: CardTransport, offer: Offer, info: PaceInfo, credentials: Credentials
) -> PaceResult:
    """PACE with the MRZ, and with the card access number where the MRZ is not accepted."""
    known: list[PaceCredentials] = [
        item for item in (credentials.mrz, credentials.can) if item is not None
    ]
    for item in known[:-1]:
        try:
            return Pace(transport, info, item, extended=offer.style.extended).perform()
        except AccessDenied:
            continue
    return Pace(transport, info, known[-1], extended=offer.style.extended).perform()
