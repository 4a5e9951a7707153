"""A virtual eMRTD chip: command APDU in, response APDU out."""

from dataclasses import replace
from typing import Final

from devices.chip import tlv
from devices.chip.apdu import (
    CHAINED,
    EXTENDED_NE,
    OK,
    SECURED,
    SHORT_NE,
    Command,
    Response,
    parse_command,
)
from devices.chip.errors import ChipError
from devices.chip.secure_messaging import (
    TAG_CRYPTOGRAM,
    TAG_CRYPTOGRAM_BER,
    TAG_LE,
    TAG_MAC,
    TAG_STATUS,
    SessionKeys,
)
from devices.chip.virtual.access import BacCard, PaceCard
from devices.chip.virtual.authentication import ActiveAuthenticationCard, ChipAuthenticationCard
from devices.chip.virtual.content import CardContent
from devices.chip.virtual.errors import CardError
from devices.chip.virtual.file_system import FileSystem
from devices.documents.specimen_chip import ChipSpec

DEFAULT_ATR: Final = bytes.fromhex("3B8880010000000000000000" + "09")
"""Contactless (PC/SC part 3), with historical bytes that say nothing."""

WRONG_LENGTH: Final = 0x6700
WRONG_DATA: Final = 0x6A80
SM_OBJECTS_MISSING: Final = 0x6987
SM_OBJECTS_WRONG: Final = 0x6988
CONDITIONS_NOT_SATISFIED: Final = 0x6985
INSTRUCTION_UNKNOWN: Final = 0x6D00
CLASS_UNKNOWN: Final = 0x6E00


class VirtualCard:
    """Plays the chip of a specimen document, with everything its quirks say.

    Attributes:
        steps: cryptographic work since it was last asked for, so a latency profile can charge it.
    """

    def __init__(self, content: CardContent, spec: ChipSpec, atr: bytes = DEFAULT_ATR) -> None:
        self.atr = atr
        self.steps: list[str] = []
        self._spec = spec
        self._quirks = spec.quirks
        self._files = FileSystem(content, spec)
        self._bac = BacCard(content.mrz, spec)
        self._pace = PaceCard(content, spec)
        self._chip_authentication = ChipAuthenticationCard(content, spec)
        self._active_authentication = ActiveAuthenticationCard(content, spec)
        self.reset()

    def reset(self) -> None:
        """Power off and on."""
        self._files.reset()
        self._pace.abort()
        self._end_session()
        self._chain = b""
        self._rest: Response | None = None

    def process(self, apdu: bytes) -> bytes:
        """Answer a command."""
        try:
            command = parse_command(apdu)
        except ChipError:
            return Response(b"", WRONG_LENGTH).encode()
        if command.cla & 0xE0:
            return Response(b"", CLASS_UNKNOWN).encode()
        if command.ins == 0xC0:
            return self._next_part(command.ne or 0).encode()
        if command.cla & SECURED == SECURED:
            return self._in_parts(self._process_secured(command), command)
        # A command without protection ends the session (ICAO Doc 9303-11, section 9.8.3).
        self._end_session()
        return self._in_parts(self._answer(command, room=_room(command)), command)

    def _in_parts(self, response: Response, command: Command) -> bytes:
        """Responses longer than asked for are fetched with GET RESPONSE."""
        self._rest = response
        return self._next_part(command.ne or 0).encode()

    def _next_part(self, wanted: int) -> Response:
        rest = self._rest
        if rest is None:
            return Response(b"", CONDITIONS_NOT_SATISFIED)
        if len(rest.data) <= wanted:
            self._rest = None
            return rest
        self._rest = Response(rest.data[wanted:], rest.sw)
        return Response(rest.data[:wanted], 0x6100 | min(len(self._rest.data), SHORT_NE) % SHORT_NE)

    def _end_session(self) -> None:
        self._session: SessionKeys | None = None
        self._next_session: SessionKeys | None = None
        self._chip_authentication.abort()

    # -- secure messaging ------------------------------------------------------------------------

    def _process_secured(self, outer: Command) -> Response:
        session = self._session
        if session is None:
            return Response(b"", SM_OBJECTS_MISSING)
        if outer.extended and not self._spec.extended_length:
            if self._quirks.extended_length_desynchronises:
                session.advance()
            else:
                self._end_session()
            return Response(b"", WRONG_LENGTH)
        session.advance()
        try:
            inner = self._unprotect(session, outer)
        except ChipError:
            self._end_session()
            return Response(b"", SM_OBJECTS_WRONG)
        response = self._answer(inner, room=_room(outer, session))
        if self._quirks.session_ends_on_error and response.sw not in (OK, 0x6282, 0x6283):
            self._end_session()
            return Response(b"", response.sw)
        session.advance()
        protected = self._protect(session, response)
        if self._next_session is not None:
            self._session, self._next_session = self._next_session, None
        return protected

    @staticmethod
    def _unprotect(session: SessionKeys, outer: Command) -> Command:
        objects = tlv.parse_all(outer.data)
        found = {item.tag: item.value for item in objects}
        covered = b"".join(item.raw for item in objects if item.tag != TAG_MAC)
        if found.get(TAG_MAC) != session.command_mac(outer.header, covered):
            raise ChipError("wrong checksum")
        data = b""
        if TAG_CRYPTOGRAM in found:
            data = session.decrypt(found[TAG_CRYPTOGRAM][1:])
        elif TAG_CRYPTOGRAM_BER in found:
            data = session.decrypt(found[TAG_CRYPTOGRAM_BER])
        ne = None
        le = found.get(TAG_LE)
        if le is not None:
            most = EXTENDED_NE if len(le) == 2 else SHORT_NE
            ne = int.from_bytes(le, "big") or most
        return replace(outer, cla=outer.cla & ~SECURED, data=data, ne=ne)

    @staticmethod
    def _protect(session: SessionKeys, response: Response) -> Response:
        objects = b""
        if response.data:
            objects = tlv.encode(TAG_CRYPTOGRAM, b"\x01" + session.encrypt(response.data))
        objects += tlv.encode(TAG_STATUS, response.sw.to_bytes(2, "big"))
        objects += tlv.encode(TAG_MAC, session.mac(objects))
        # Outside, errors look like success: the status inside is the one that counts.
        return Response(objects, response.sw if response.sw in (0x6282, 0x6283) else OK)

    # -- commands --------------------------------------------------------------------------------

    def _answer(self, command: Command, *, room: int) -> Response:
        try:
            return self._dispatch(command, room)
        except CardError as error:
            return Response(b"", error.sw)
        except tlv.TlvError:
            return Response(b"", WRONG_DATA)

    def _dispatch(self, command: Command, room: int) -> Response:
        if command.extended and not self._spec.extended_length:
            raise CardError(WRONG_LENGTH)
        if command.ins == 0x86:
            return self._general_authenticate(command)
        if command.cla & CHAINED:
            self._chain += command.data
            return Response(b"", OK)
        command = replace(command, data=self._chain + command.data)
        self._chain = b""
        match command.ins:
            case 0xA4:
                return self._files.select(command)
            case 0xB0 | 0xB1:
                return self._files.read(command, authorised=self._session is not None, room=room)
            case 0x84:
                return Response(self._bac.challenge(), OK)
            case 0x82:
                return self._external_authenticate(command)
            case 0x22:
                return self._manage_security_environment(command)
            case 0x88:
                return self._internal_authenticate(command, room)
        raise CardError(INSTRUCTION_UNKNOWN)

    def _external_authenticate(self, command: Command) -> Response:
        self.steps.append("bac")
        if not self._files.in_application:
            raise CardError(CONDITIONS_NOT_SATISFIED)
        answer, self._session = self._bac.authenticate(command.data)
        return Response(answer, OK)

    def _manage_security_environment(self, command: Command) -> Response:
        if self._quirks.refuses_le_on_select and command.ne is not None:
            raise CardError(WRONG_LENGTH)
        match command.p1, command.p2:
            case 0xC1, 0xA4:
                self._pace.set_authentication_template(command.data)
            case 0x41, 0xA4 if self._session is not None:
                self._chip_authentication.set_authentication_template(command.data)
            case 0x41, 0xA6 if self._session is not None:
                self.steps.append("chip authentication")
                self._next_session = self._chip_authentication.set_key_agreement_template(
                    command.data
                )
            case _:
                raise CardError(0x6A86)
        return Response(b"", OK)

    def _general_authenticate(self, command: Command) -> Response:
        data = self._chain + command.data
        if command.cla & CHAINED and not _complete(data):
            self._chain = data
            return Response(b"", OK)
        self._chain = b""
        if self._pace.running:
            self.steps.append("pace")
            answer, keys = self._pace.step(data)
            if keys is not None:
                self._session = keys
            return Response(answer, OK)
        if self._chip_authentication.chosen:
            self.steps.append("chip authentication")
            answer, self._next_session = self._chip_authentication.general_authenticate(data)
            return Response(answer, OK)
        raise CardError(CONDITIONS_NOT_SATISFIED)

    def _internal_authenticate(self, command: Command, room: int) -> Response:
        if self._session is None:
            raise CardError(0x6982)
        self.steps.append("active authentication")
        signature = self._active_authentication.sign(command.data)
        if len(signature) <= room:
            return Response(signature, OK)
        if self._quirks.active_authentication_truncated:
            return Response(signature[:room], OK)
        raise CardError(WRONG_LENGTH)


def _complete(data: bytes) -> bool:
    try:
        tlv.parse(data)
    except tlv.TlvError:
        return False
    return True


def _room(command: Command, session: SessionKeys | None = None) -> int:
    """The most plain bytes that fit the response."""
    most = command.ne or 0
    if session is None:
        return most
    block = session.cipher.block_length
    overhead = 4 + 10 + (3 if most <= SHORT_NE else 4) + 1
    return max((most - overhead) // block * block - 1, 0)
