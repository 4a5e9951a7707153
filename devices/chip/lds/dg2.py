"""DG2: encoded face (ICAO Doc 9303-10, 4.7.2; ISO/IEC 19794-5:2005 and 39794-5:2019)."""

import struct
from dataclasses import dataclass
from typing import Final, Literal

from devices.chip import tlv
from devices.chip.lds import objects
from devices.chip.lds.errors import LdsError
from devices.chip.tlv import Tlv, TlvError

_GROUP_TEMPLATE: Final = 0x7F61
_TEMPLATE: Final = 0x7F60
_HEADER: Final = 0xA1
_DATA_BLOCK: Final = 0x5F2E
_DATA_BLOCK_39794: Final = 0x7F2E
_MAX_INSTANCES: Final = 9
_FACIAL_HEADER: Final = struct.Struct(">4s4sIH")
_FACE: Final = struct.Struct(">IHBBB3sH3s3s")
_FEATURE_POINT_LENGTH: Final = 8
_IMAGE: Final = struct.Struct(">BBHHBBHH")
_MAX_DEPTH: Final = 8

ImageFormat = Literal["image/jpeg", "image/jp2", "image/png"]
_SIGNATURES: Final[tuple[tuple[bytes, ImageFormat], ...]] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)

# biometric header: ICAO header version 1.1, facial features, format owner JTC 1/SC 37, type face
_HEADER_OBJECTS: Final = (
    (0x80, "0101"),
    (0x81, "02"),
    (0x82, "00"),
    (0x87, "0101"),
    (0x88, "0008"),
)


@dataclass(frozen=True, slots=True)
class FaceImage:
    """One picture, and where in the file it lies."""

    image: bytes
    format: ImageFormat
    offset: int
    """Position of the image's first byte in the file."""
    width: int | None
    """Pixels, as the biometric record states; None where it states nothing."""
    height: int | None


def parse(data: bytes) -> tuple[FaceImage, ...]:
    """Read DG2: all its pictures, at least one.

    Raises:
        LdsError, TlvError: it is not that file, or a picture is in no known form.
    """
    group = objects.open_data_group(2, data).get(_GROUP_TEMPLATE)
    templates = [item for item in group.children() if item.tag == _TEMPLATE]
    stated = objects.count_of(group, 2)
    if not 1 <= stated <= _MAX_INSTANCES or len(templates) != stated:
        raise LdsError(f"DG2: {stated} instances are stated, {len(templates)} are there")
    faces: list[FaceImage] = []
    search_from = 0
    for template in templates:
        for image, width, height in _images(template):
            # the file is the only place that knows the position: values are copies of parts of it
            offset = data.index(image, search_from)
            faces.append(FaceImage(image, _format(image), offset, width, height))
            search_from = offset + len(image)
    return tuple(faces)


def build(image: bytes, *, width: int, height: int) -> bytes:
    """Write DG2 of one picture in ISO/IEC 19794-5 form.

    Raises:
        LdsError: the picture is not JPEG or JPEG 2000.
    """
    data_type = {"image/jpeg": 0, "image/jp2": 1}.get(_format(image))
    if data_type is None:
        raise LdsError("DG2: a picture is JPEG or JPEG 2000")
    information = _IMAGE.pack(1, data_type, width, height, 1, 2, 0, 0)
    face_length = _FACE.size + len(information) + len(image)
    face = _FACE.pack(face_length, 0, 0, 0, 0, bytes(3), 0, bytes(3), bytes(3))
    record = _FACIAL_HEADER.pack(
        b"FAC\x00", b"010\x00", _FACIAL_HEADER.size + face_length, 1
    ) + b"".join((face, information, image))
    header = b"".join(tlv.encode(tag, bytes.fromhex(value)) for tag, value in _HEADER_OBJECTS)
    template = tlv.encode(_HEADER, header) + tlv.encode(_DATA_BLOCK, record)
    group = tlv.encode(objects.COUNT, b"\x01") + tlv.encode(_TEMPLATE, template)
    return objects.build_data_group(2, [tlv.encode(_GROUP_TEMPLATE, group)])


def _images(template: Tlv) -> list[tuple[bytes, int | None, int | None]]:
    for item in template.children():
        if item.tag == _DATA_BLOCK:
            return list(_facial_record(item.value))
        if item.tag == _DATA_BLOCK_39794:
            if item.value.startswith(b"FAC\x00"):
                return list(_facial_record(item.value))
            found = _first_image(item, _MAX_DEPTH)
            if found is None:
                raise LdsError("DG2: no picture was found in a biometric data block")
            return [(found, None, None)]
    raise LdsError("DG2: a biometric template has no data block")


def _facial_record(record: bytes) -> list[tuple[bytes, int | None, int | None]]:
    """Pictures of a facial record (ISO/IEC 19794-5:2005, section 5)."""
    if len(record) < _FACIAL_HEADER.size:
        raise LdsError("DG2: the facial record is too short")
    magic, _version, length, count = _FACIAL_HEADER.unpack_from(record)
    if magic != b"FAC\x00" or length > len(record):
        raise LdsError("DG2: the facial record has a wrong header")
    images: list[tuple[bytes, int | None, int | None]] = []
    position = _FACIAL_HEADER.size
    for _ in range(count):
        if position + _FACE.size > length:
            raise LdsError("DG2: the facial record ends before its last face")
        face_length, points = _FACE.unpack_from(record, position)[:2]
        end = position + face_length
        information = position + _FACE.size + points * _FEATURE_POINT_LENGTH
        image_at = information + _IMAGE.size
        if end > length or image_at >= end:
            raise LdsError("DG2: a face claims a length that it does not have")
        _, _, width, height, *_ = _IMAGE.unpack_from(record, information)
        images.append((record[image_at:end], width, height))
        position = end
    if not images:
        raise LdsError("DG2: the facial record has no face")
    return images


def _first_image(item: Tlv, depth: int) -> bytes | None:
    """The first picture among nested objects, as ISO/IEC 39794-5 has them."""
    if not item.constructed:
        return item.value if _known_format(item.value) else None
    if depth == 0:
        raise LdsError("DG2: a biometric data block is nested too deeply")
    try:
        children = item.children()
    except TlvError as error:
        raise LdsError(f"DG2: a biometric data block is malformed: {error}") from None
    for child in children:
        found = _first_image(child, depth - 1)
        if found is not None:
            return found
    return None


def _known_format(image: bytes) -> ImageFormat | None:
    for signature, name in _SIGNATURES:
        if image.startswith(signature):
            return name
    return None


def _format(image: bytes) -> ImageFormat:
    found = _known_format(image)
    if found is None:
        raise LdsError("DG2: a picture is neither JPEG nor JPEG 2000")
    return found
