"""What the application asks of a document camera, and what it learns."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from devices.camera.frame import LatestFrame
from devices.command import Command, RequestId
from devices.documents.identity import Identity, Source
from devices.documents.mrz import Mrz
from devices.event import DeviceEvent
from devices.status import DeviceStatus, Media


class CameraState(StrEnum):
    """Whether the camera delivers pictures (XFS4IoT, Camera.Status)."""

    OK = "ok"
    INOPERATIVE = "inoperative"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CameraStatus(DeviceStatus):
    """Status of a document camera."""

    camera: CameraState = CameraState.UNKNOWN
    media: Media = Media.UNKNOWN
    """Whether something lies under the camera."""


class Guidance(StrEnum):
    """What the visitor should do so that the document can be read."""

    NO_DOCUMENT = "noDocument"
    """Nothing lies under the camera."""
    HOLD_STILL = "holdStill"
    """It moves."""
    TOO_FAR = "tooFar"
    """The characters are too small to be read."""
    BLURRED = "blurred"
    """Out of focus: lay it flat."""
    GLARE = "glare"
    """A lamp's reflection lies on it."""
    TOO_DARK = "tooDark"
    """There is next to no light."""
    TURN_OVER = "turnOver"
    """It is seen well, but this side of a card has no machine readable zone and no code."""
    WRONG_PAGE = "wrongPage"
    """It is seen well and of a passport's shape, but shut, or open at a page without a zone."""
    READING = "reading"
    """It is well placed; one more moment."""


@dataclass(frozen=True, slots=True)
class GuidanceChanged(DeviceEvent):
    """While `ReadDocument` runs: what the visitor should do now."""

    request_id: RequestId
    guidance: Guidance


@dataclass(frozen=True, slots=True)
class MrzReading:
    """A machine readable zone that several pictures showed alike, or a still for certain."""

    mrz: Mrz = field(repr=False)
    frames: int = field(compare=False)
    """Pictures in agreement, every line of them; more of them do not make it another reading. A
    still that is shown in several sizes is one."""

    def identity(self) -> Identity:
        """Return the identity as this device read it; nothing about it is proven."""
        return self.mrz.identity(Source.CAMERA)


@dataclass(frozen=True, slots=True)
class Code:
    """What a barcode says."""

    text: str = field(repr=False)
    symbology: str
    """QRCode, MicroQRCode, PDF417, Aztec, DataMatrix, Code128."""


@dataclass(frozen=True, slots=True)
class BarcodeReading:
    """Barcodes, whatever they may mean: the camera does not decide which is a reservation's."""

    codes: tuple[Code, ...]
    """All that one frame shows for certain, each once, except those the command leaves out."""
    document: bool = field(default=False, compare=False)
    """Whether a document may lie there besides: a machine readable zone has been in sight since
    something was laid down, or what lies there has the shape of a card or of a passport's page.
    Phones, boarding passes and letters have neither."""


DocumentReading: TypeAlias = MrzReading | BarcodeReading


@dataclass(frozen=True, slots=True)
class ReadDocument(Command[DocumentReading]):
    """Wait for a document or a code, and read it.

    Runs until the first accepted reading, a cancel or the time-out. It reports
    `GuidanceChanged` on the way.
    """

    mrz: bool = True
    barcodes: bool = True
    known: frozenset[Code] = frozenset()
    """Codes that have been read already and do not end the command once more: who was told about
    a document's own barcode reads on with it left out, and gets the zone or another code."""


class PreviewSource(Protocol):
    """A driver that shows its pictures live."""

    @property
    def preview(self) -> LatestFrame:
        """The newest picture, for the screen; any thread may look."""
