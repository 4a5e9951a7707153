"""Status names of devices, as XFS4IoT (CWA 17852) and UnifiedPOS have them."""

from dataclasses import dataclass
from enum import StrEnum


class DeviceState(StrEnum):
    """Common status ``device`` (XFS4IoT, Common.Status)."""

    ONLINE = "online"
    OFFLINE = "offline"
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    FRAUD_ATTEMPT = "fraudAttempt"
    POTENTIAL_FRAUD = "potentialFraud"
    STARTING = "starting"


class Paper(StrEnum):
    """Paper supply of a printer (XFS4IoT, Printer.Status)."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"


class Media(StrEnum):
    """Presence of a card or document (XFS4IoT, CardReader.Status)."""

    UNKNOWN = "unknown"
    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    JAMMED = "jammed"
    ENTERING = "entering"
    LATCHED = "latched"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """How a device is. Kinds of devices that have more to tell derive from it."""

    device: DeviceState
    detail: str = ""
    """For staff: what is wrong and what to do. Never personal data."""

    @property
    def usable(self) -> bool:
        """Whether a command may be expected to succeed now."""
        return self.device in {DeviceState.ONLINE, DeviceState.DEVICE_BUSY}


@dataclass(frozen=True, slots=True)
class PrinterStatus(DeviceStatus):
    """Status of a receipt printer; the cover is UnifiedPOS's ``coverOpen``."""

    paper: Paper = Paper.UNKNOWN
    cover_open: bool | None = None
    """None: the printer has not said."""

    @property
    def usable(self) -> bool:
        return (
            self.device in {DeviceState.ONLINE, DeviceState.DEVICE_BUSY}
            and self.paper in {Paper.FULL, Paper.LOW}
            and self.cover_open is False
        )


@dataclass(frozen=True, slots=True)
class CardReaderStatus(DeviceStatus):
    """Status of a chip or ID-card reader."""

    media: Media = Media.UNKNOWN
