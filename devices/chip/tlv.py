"""Tag-length-value data objects: BER and its strict form DER (ISO/IEC 8825-1; ISO/IEC 7816-4, 8.2).

Written for hostile input: a length that lies, a truncated file or a nested bomb ends in a
`TlvError`; nothing is copied that is not there, and indefinite lengths are followed no deeper
than the caller allows.
"""

from dataclasses import dataclass
from typing import Final

from devices.chip.errors import ChipError

MAX_DEPTH: Final = 16
_MAX_TAG_OCTETS: Final = 4
_MAX_LENGTH_OCTETS: Final = 4
_INDEFINITE: Final = -1
_END_OF_CONTENTS: Final = b"\x00\x00"


class TlvError(ChipError):
    """Bytes that are not the data objects they claim to be."""


class IndefiniteLengthError(TlvError):
    """The header does not state a length: the object ends where its end-of-contents stands."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object."""

    tag: int
    """The tag's octets as a big-endian number, e.g. 0x61, 0x5F1F."""
    value: bytes
    """The contents, without the end-of-contents octets of an indefinite length."""
    raw: bytes
    """The object exactly as it stood in the input, header included."""

    @property
    def constructed(self) -> bool:
        """Whether the tag says that the value is made of data objects."""
        return bool(_first_octet(self.tag) & 0x20)

    def children(self, *, max_depth: int = MAX_DEPTH) -> tuple["Tlv", ...]:
        """The data objects in the value, in order.

        Raises:
            TlvError: the tag is primitive, or the value is no sequence of data objects.
        """
        if not self.constructed:
            raise TlvError(f"tag {self.tag:X} is primitive and has no data objects inside")
        return parse_all(self.value, max_depth=max_depth)

    def find(self, tag: int) -> "Tlv | None":
        """The first direct child with that tag."""
        return next((child for child in self.children() if child.tag == tag), None)

    def get(self, tag: int) -> "Tlv":
        """The first direct child with that tag; `TlvError` when there is none."""
        child = self.find(tag)
        if child is None:
            raise TlvError(f"tag {tag:X} is missing in tag {self.tag:X}")
        return child


def parse(data: bytes, *, max_depth: int = MAX_DEPTH) -> Tlv:
    """Parse exactly one data object.

    Args:
        data: the object and nothing else.
        max_depth: how deep objects of indefinite length may be nested.

    Raises:
        TlvError: the data is truncated, malformed, nested too deeply or has bytes left over.
    """
    found, end = _parse_at(data, 0, max_depth)
    if end != len(data):
        raise TlvError(f"{len(data) - end} bytes left over after tag {found.tag:X}")
    return found


def parse_all(data: bytes, *, max_depth: int = MAX_DEPTH) -> tuple[Tlv, ...]:
    """Parse data objects that follow one another without a gap; raises as `parse` does."""
    found: list[Tlv] = []
    position = 0
    while position < len(data):
        item, position = _parse_at(data, position, max_depth)
        found.append(item)
    return tuple(found)


def header_length(prefix: bytes) -> tuple[int, int]:
    """Lengths of the header and of the whole object that begins with `prefix`.

    For reading a file whose size is not known: read a little, ask here, read the rest.

    Raises:
        IndefiniteLengthError: the object does not state its length.
        TlvError: the prefix is no header, or too short to hold one.
    """
    _, header, length = _read_header(prefix, 0)
    if length == _INDEFINITE:
        raise IndefiniteLengthError("the object is of indefinite length")
    return header, header + length


def encode(tag: int, value: bytes) -> bytes:
    """One data object in DER: the shortest form of its length.

    Raises:
        TlvError: the number is no tag, or the value is too long for four length octets.
    """
    octets = _tag_octets(tag)
    if _tag_end(octets, 0) != len(octets):
        raise TlvError(f"{tag:X} is not one tag")
    return octets + _encode_length(len(value)) + value


def _tag_octets(tag: int) -> bytes:
    if not 0 < tag < 1 << (8 * _MAX_TAG_OCTETS):
        raise TlvError(f"{tag:X} is not a tag of one to {_MAX_TAG_OCTETS} octets")
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big")


def _first_octet(tag: int) -> int:
    return _tag_octets(tag)[0]


def _encode_length(length: int) -> bytes:
    if length < 0x80:
        return bytes((length,))
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    if len(octets) > _MAX_LENGTH_OCTETS:
        raise TlvError(f"a value of {length} bytes is too long")
    return bytes((0x80 | len(octets),)) + octets


def _tag_end(data: bytes, position: int) -> int:
    """Position after the tag that begins at `position`."""
    if position >= len(data):
        raise TlvError("the data ends where a tag should begin")
    if data[position] & 0x1F != 0x1F:
        return position + 1
    for end in range(position + 1, position + _MAX_TAG_OCTETS):
        if end >= len(data):
            raise TlvError("the data ends inside a tag")
        if not data[end] & 0x80:
            return end + 1
    raise TlvError(f"a tag is longer than {_MAX_TAG_OCTETS} octets")


def _read_header(data: bytes, position: int) -> tuple[int, int, int]:
    """Tag, position of the value, and length of the value (or `_INDEFINITE`)."""
    after_tag = _tag_end(data, position)
    tag = int.from_bytes(data[position:after_tag], "big")
    if tag == 0:
        raise TlvError("there is a zero byte where a tag should begin")
    if after_tag >= len(data):
        raise TlvError(f"the data ends before the length of tag {tag:X}")
    first = data[after_tag]
    if first < 0x80:
        return tag, after_tag + 1, first
    count = first & 0x7F
    if count == 0:
        if not data[position] & 0x20:
            raise TlvError(f"tag {tag:X} is primitive but of indefinite length")
        return tag, after_tag + 1, _INDEFINITE
    if count > _MAX_LENGTH_OCTETS:
        raise TlvError(f"tag {tag:X} has a length of {count} octets")
    value_at = after_tag + 1 + count
    if value_at > len(data):
        raise TlvError(f"the data ends inside the length of tag {tag:X}")
    return tag, value_at, int.from_bytes(data[after_tag + 1 : value_at], "big")


def _parse_at(data: bytes, position: int, max_depth: int) -> tuple[Tlv, int]:
    tag, value_at, length = _read_header(data, position)
    if length == _INDEFINITE:
        end = _end_of_indefinite(data, value_at, max_depth)
        value_end = end - len(_END_OF_CONTENTS)
    else:
        end = value_end = value_at + length
        if end > len(data):
            raise TlvError(
                f"tag {tag:X} claims {length} bytes, but only {len(data) - value_at} follow"
            )
    return Tlv(tag, data[value_at:value_end], data[position:end]), end


def _end_of_indefinite(data: bytes, position: int, max_depth: int) -> int:
    """Position after the end-of-contents that closes the object whose value is at `position`."""
    open_objects = 1
    while open_objects:
        if open_objects > max_depth:
            raise TlvError(f"objects of indefinite length are nested deeper than {max_depth}")
        if data[position : position + 2] == _END_OF_CONTENTS:
            open_objects -= 1
            position += 2
            continue
        tag, value_at, length = _read_header(data, position)
        if length == _INDEFINITE:
            open_objects += 1
            position = value_at
            continue
        position = value_at + length
        if position > len(data):
            raise TlvError(f"tag {tag:X} claims {length} bytes, which is more than there are")
    return position
