"""Commands to devices and how they end (XFS4IoT's command, completion and error names)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NewType, TypeVar

RequestId = NewType("RequestId", int)

ResultT_co = TypeVar("ResultT_co", covariant=True)


class CompletionCode(StrEnum):
    """How a command ended (XFS4IoT, message header ``completionCode``)."""

    SUCCESS = "success"
    COMMAND_ERROR_CODE = "commandErrorCode"
    CANCELED = "canceled"
    DEVICE_NOT_READY = "deviceNotReady"
    HARDWARE_ERROR = "hardwareError"
    INTERNAL_ERROR = "internalError"
    TIME_OUT = "timeOut"
    UNSUPPORTED_COMMAND = "unsupportedCommand"
    INVALID_DATA = "invalidData"
    USER_ERROR = "userError"
    SEQUENCE_ERROR = "sequenceError"


@dataclass(frozen=True, slots=True)
class Command(Generic[ResultT_co]):
    """Something a device is asked to do; a kind of device derives its commands from this.

    The type parameter is the type of the result when the command succeeds.
    """


@dataclass(frozen=True, slots=True)
class Completion(Generic[ResultT_co]):
    """The one and only end of a command."""

    request_id: RequestId
    code: CompletionCode
    result: ResultT_co | None = None
    """Set when, and only when, the code is success."""
    error_code: str = ""
    """With commandErrorCode: the standard's name of the error, e.g. ``paperOut``, ``noMedia``."""
    detail: str = ""
    """For staff and logs; never personal data."""
    begun: bool = True
    """False: the driver was never given the command, so nothing of it has been done."""


class CommandFailed(Exception):  # noqa: N818 -- an outcome of a command, named as one
    """Raised by a driver to end a command with a code other than success."""

    def __init__(self, code: CompletionCode, detail: str = "", *, error_code: str = "") -> None:
        if code is CompletionCode.SUCCESS:
            raise ValueError("a command that succeeded has not failed")
        super().__init__(f"{code}: {error_code or detail}")
        self.code = code
        self.detail = detail
        self.error_code = error_code


class DeviceGone(CommandFailed):
    """The device itself is not there any more: unplugged, switched off, connection lost.

    The worker closes the driver and tries to open it again until it is back.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(CompletionCode.DEVICE_NOT_READY, detail)
