"""Files of the virtual card: selecting and reading them (ISO/IEC 7816-4, section 7.2)."""

from collections.abc import Mapping

from devices.chip import tlv
from devices.chip.apdu import EXTENDED_NE, OK, SHORT_NE, Command, Response
from devices.chip.lds import files
from devices.chip.virtual.content import CardContent
from devices.chip.virtual.errors import CardError
from devices.documents.specimen_chip import ChipSpec

NOT_FOUND = 0x6A82
WRONG_LENGTH = 0x6700
WRONG_PARAMETERS = 0x6A86
ACCESS_DENIED = 0x6982
NO_CURRENT_FILE = 0x6986
END_OF_FILE = 0x6282
DEACTIVATED = 0x6283
WRONG_OFFSET = 0x6B00

MAX_READ = 32767
"""The most bytes that the card gives at once in extended length."""

_FREE_FILES = frozenset({files.EF_CARD_ACCESS, files.EF_ATR_INFO, files.EF_DIR})
_SHORT_IDS_OF_MASTER_FILE = {
    0x01: files.EF_ATR_INFO,
    0x1C: files.EF_CARD_ACCESS,
    0x1D: files.EF_CARD_SECURITY,
    0x1E: files.EF_DIR,
}
_TAG_OFFSET = 0x54
_TAG_DISCRETIONARY = 0x53


def extended_length_information() -> bytes:
    """EF.ATR/INFO that says so (ICAO Doc 9303-10, section 3.11.2; ISO/IEC 7816-4, 12.7.1)."""
    limits = tlv.encode(0x02, MAX_READ.to_bytes(2, "big")) * 2
    return tlv.encode(0x47, b"\x80\x00\x40") + tlv.encode(0x7F66, limits)


class FileSystem:
    """Directories, files and which of them are selected."""

    def __init__(self, content: CardContent, spec: ChipSpec) -> None:
        self._quirks = spec.quirks
        self._short_ids = spec.short_file_identifiers
        self._application = dict(content.application_files)
        self._master = dict(content.master_files)
        if spec.extended_length:
            self._master.setdefault(files.EF_ATR_INFO, extended_length_information())
        self.reset()

    def reset(self) -> None:
        """After power-on the master file is selected."""
        self._directory: Mapping[int, bytes] = self._master
        self._current: int | None = None

    @property
    def in_application(self) -> bool:
        return self._directory is self._application

    def select(self, command: Command) -> Response:
        """SELECT by name, by file identifier, or the master file."""
        if self._quirks.refuses_le_on_select and command.ne is not None:
            raise CardError(WRONG_LENGTH)
        if command.p1 == 0x04:
            if command.data != files.APPLICATION:
                raise CardError(NOT_FOUND)
            self._directory, self._current = self._application, None
            return Response(b"", OK)
        if command.p1 == 0x00 and command.data in (b"", b"\x3f\x00"):
            return self._select_master_file(command.data)
        if command.p1 in (0x00, 0x02) and len(command.data) == 2:
            return self._select_file(int.from_bytes(command.data, "big"))
        raise CardError(WRONG_PARAMETERS)

    def _select_master_file(self, form: bytes) -> Response:
        wanted = {"any": form, "empty": b"", "3F00": b"\x3f\x00"}[self._quirks.select_mf_form]
        if form != wanted:
            raise CardError(NOT_FOUND)
        if self._quirks.select_mf == "ignored":
            return Response(b"", OK)
        if self._quirks.select_mf != "9000":
            raise CardError(int(self._quirks.select_mf, 16))
        self.reset()
        return Response(b"", OK)

    def _select_file(self, file_id: int) -> Response:
        if file_id not in self._directory:
            raise CardError(NOT_FOUND)
        self._current = file_id
        if self._quirks.card_access_warning and file_id == files.EF_CARD_ACCESS:
            return Response(b"", DEACTIVATED)
        return Response(b"", OK)

    def read(self, command: Command, *, authorised: bool, room: int) -> Response:
        """READ BINARY, with an offset or a short file identifier.

        Args:
            authorised: access control has been passed.
            room: the most bytes that fit the response.
        """
        offset, wanted = self._addressed(command)
        if self._current is None:
            raise CardError(NO_CURRENT_FILE)
        if self._current not in self._directory:
            raise CardError(NOT_FOUND)
        if self._current not in _FREE_FILES and not authorised:
            raise CardError(ACCESS_DENIED)
        if command.ne is None:
            raise CardError(WRONG_LENGTH)
        response = self._cut(self._directory[self._current], offset, wanted, room)
        if command.ins == 0xB1:
            return Response(tlv.encode(_TAG_DISCRETIONARY, response.data), response.sw)
        return response

    def _addressed(self, command: Command) -> tuple[int, int]:
        """Offset and expected length; selects the file that a short identifier names."""
        wanted = command.ne or 0
        if command.ins == 0xB1:
            item = tlv.parse(command.data)
            if item.tag != _TAG_OFFSET:
                raise CardError(WRONG_PARAMETERS)
            return int.from_bytes(item.value, "big"), max(wanted - 4, 0)
        if not command.p1 & 0x80:
            return command.p1 << 8 | command.p2, wanted
        short_id = command.p1 & 0x1F
        if not self._short_ids:
            raise CardError(WRONG_PARAMETERS)
        if self.in_application:
            self._current = 0x0100 | short_id
        else:
            self._current = _SHORT_IDS_OF_MASTER_FILE.get(short_id, 0)
        if self._current not in self._directory:
            self._current = None
            raise CardError(NOT_FOUND)
        return command.p2, wanted

    def _cut(self, data: bytes, offset: int, wanted: int, room: int) -> Response:
        if offset > len(data) or (offset == len(data) and wanted):
            raise CardError(WRONG_OFFSET)
        available = len(data) - offset
        if wanted <= available:
            return Response(data[offset : offset + min(wanted, room)], OK)
        match self._quirks.end_of_file:
            case "6282":
                # An Le of zero asks for everything, so its end is no surprise.
                everything = wanted in (SHORT_NE, EXTENDED_NE)
                part = data[offset : offset + room]
                return Response(part, OK if everything or len(part) < available else END_OF_FILE)
            case "6CXX":
                raise CardError(0x6C00 | min(available, SHORT_NE) % SHORT_NE)
            case other:
                raise CardError(int(other, 16))
