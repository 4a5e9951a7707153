"""What a chip reader does for the kiosk, whichever driver or simulator serves it.

Events: `MediaInserted` when a document's chip comes within reach, `MediaRemoved` when it leaves,
`Progress` with a `devices.chip.reading.Step` while it is read. The status is a `CardReaderStatus`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from devices.chip.errors import (
    AccessDenied,
    AccessFailed,
    CardRemoved,
    CardSilent,
    ChipError,
    MrzMismatch,
    UnsupportedDocument,
)
from devices.chip.reading import ChipReading, ReadRequest
from devices.command import Command

NO_MEDIA: Final = "noMedia"
"""Error of `ReadChip`: no document lies there, or it was moved or lifted before it was read."""
INVALID_MEDIA: Final = "invalidMedia"
"""A chip, but no travel document."""
ACCESS_DENIED: Final = "accessDenied"
"""MRZ or CAN is not the document's: it was read or typed wrongly."""
ACCESS_FAILED: Final = "accessFailed"
"""The document's access protocol fails, or the credentials given do not go with it."""
ZONE_MISMATCH: Final = "zoneMismatch"
"""The MRZ in the chip is not the one that the camera read: look for a forgery."""
COMMUNICATION_ERROR: Final = "communicationError"
"""The chip does not answer, or answers what no chip should. Laying it down again may help."""

ERROR_CODES: Final = frozenset(
    {
        NO_MEDIA,
        INVALID_MEDIA,
        ACCESS_DENIED,
        ACCESS_FAILED,
        ZONE_MISMATCH,
        COMMUNICATION_ERROR,
    }
)
"""Every error code that `ReadChip` can end with. The first two are XFS4IoT's."""

_CODES: Final[Mapping[type[ChipError], str]] = MappingProxyType(
    {
        CardRemoved: NO_MEDIA,
        CardSilent: COMMUNICATION_ERROR,
        UnsupportedDocument: INVALID_MEDIA,
        AccessDenied: ACCESS_DENIED,
        AccessFailed: ACCESS_FAILED,
        MrzMismatch: ZONE_MISMATCH,
    }
)


def error_code(error: ChipError) -> str:
    """The error code that a failed reading ends with."""
    return _CODES.get(type(error), COMMUNICATION_ERROR)


@dataclass(frozen=True, slots=True)
class ReadChip(Command[ChipReading]):
    """Read the document that lies on the reader. It is not waited for: see `MediaInserted`.

    Ends as commandErrorCode with one of `ERROR_CODES`, or with the whole reading; what could not be
    proven of the document stands in the identity's proof, and is no error.
    """

    request: ReadRequest
