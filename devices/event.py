"""What devices report without being asked, and while they work."""

from dataclasses import dataclass

from devices.command import RequestId
from devices.status import DeviceStatus


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """Base of everything a device reports. Kinds of devices derive their own events."""


@dataclass(frozen=True, slots=True)
class StatusChanged(DeviceEvent):
    """The status is no longer what it was (XFS4IoT, Common.StatusChangedEvent)."""

    status: DeviceStatus


@dataclass(frozen=True, slots=True)
class MediaInserted(DeviceEvent):
    """A card or document has come within reach of the device (XFS4IoT)."""


@dataclass(frozen=True, slots=True)
class MediaRemoved(DeviceEvent):
    """The card or document has been taken away (XFS4IoT)."""


@dataclass(frozen=True, slots=True)
class Progress(DeviceEvent):
    """A command is under way: which step, and how far in all."""

    request_id: RequestId
    step: str
    fraction: float
    """0.0 to 1.0"""
