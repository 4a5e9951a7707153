"""A camera's exposure, focus and the like, set through the kernel's video interface (V4L2).

OpenCV sets most of them too, but neither tells a camera's ranges nor knows the power line's
frequency, without which lamps flicker in the picture. Numbers are those of linux/v4l2-controls.h
and linux/videodev2.h.
"""

import fcntl
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

Ioctl = Callable[[int, int, bytearray], int]

QUERYCTRL: Final = 0xC0445624
G_CTRL: Final = 0xC008561B
S_CTRL: Final = 0xC008561C
QUERY: Final = struct.Struct("=II32siiiiI8x")
"""struct v4l2_queryctrl: id, type, name, minimum, maximum, step, default, flags."""
CONTROL: Final = struct.Struct("=Ii")
"""struct v4l2_control: id, value."""
_DISABLED: Final = 0x0001

_USER: Final = 0x00980900
_CAMERA: Final = 0x009A0900
_MANUAL_EXPOSURE, _APERTURE_PRIORITY = 1, 3
_AUTO: Final = "auto"


@dataclass(frozen=True, slots=True)
class Control:
    """A setting as the configuration names it."""

    id: int
    meaning: str
    automatic: tuple[int, int, int] | None = None
    """Id of the control that leaves the value to the camera, its values for that and for not."""
    words: Mapping[str, int] = field(default_factory=dict)
    """Words that stand for values; when there are any, numbers are not taken."""

    def accepts(self, text: str) -> bool:
        """Whether the configuration may say so; what the camera can, only it knows."""
        if self.words:
            return text in self.words
        return (text == _AUTO and self.automatic is not None) or _is_number(text)

    @property
    def values(self) -> str:
        """What the configuration may say, for a person."""
        if self.words:
            return ", ".join(self.words)
        return f"{_AUTO} or a whole number" if self.automatic else "a whole number"


CONTROLS: Final[Mapping[str, Control]] = {
    "exposure": Control(
        _CAMERA + 2,
        "exposure_time_absolute, in 0.1 ms",
        (_CAMERA + 1, _APERTURE_PRIORITY, _MANUAL_EXPOSURE),
    ),
    "focus": Control(_CAMERA + 10, "focus_absolute", (_CAMERA + 12, 1, 0)),
    "white_balance": Control(
        _USER + 26, "white_balance_temperature, in kelvin", (_USER + 12, 1, 0)
    ),
    "gain": Control(_USER + 19, "gain"),
    "brightness": Control(_USER + 0, "brightness"),
    "contrast": Control(_USER + 1, "contrast"),
    "saturation": Control(_USER + 2, "saturation"),
    "sharpness": Control(_USER + 27, "sharpness"),
    "backlight": Control(_USER + 28, "backlight_compensation"),
    "zoom": Control(_CAMERA + 13, "zoom_absolute"),
    "power_line": Control(
        _USER + 24, "power_line_frequency, in Hz", words={"off": 0, "50": 1, "60": 2, "auto": 3}
    ),
}


def apply(descriptor: int, wanted: Mapping[str, str], ioctl: Ioctl = fcntl.ioctl) -> dict[str, str]:
    """Set what is wanted on an open camera, in the order of `CONTROLS`.

    Returns:
        For each setting that the camera did not take: why, for a person. It works without it.
    """
    refused = {}
    for name, control in CONTROLS.items():
        if name in wanted and (why := _set(descriptor, control, wanted[name], ioctl)):
            refused[name] = why
    return refused


def _set(descriptor: int, control: Control, text: str, ioctl: Ioctl) -> str:
    """Set one control; why it could not be, or nothing."""
    automatic = text == _AUTO and not control.words
    if control.automatic is not None:
        switch, on, off = control.automatic
        try:
            _write(descriptor, switch, on if automatic else off, ioctl)
        except OSError:
            # many cameras with a fixed lens have the value but no automatic, or neither
            if automatic:
                return "this camera has no automatic for it"
    if automatic:
        return ""
    value = control.words[text] if control.words else int(text)
    try:
        low, high = _range(descriptor, control.id, ioctl)
    except OSError:
        return "this camera has no such setting"
    if not low <= value <= high:
        return f"this camera takes {low} to {high}"
    try:
        _write(descriptor, control.id, value, ioctl)
        stands = _read(descriptor, control.id, ioctl)
    except OSError as error:
        return f"the camera refuses it ({error.strerror})"
    # a camera rounds to its own steps
    return "" if control.words or stands == value else f"the camera made {stands} of it"


def _range(descriptor: int, id_: int, ioctl: Ioctl) -> tuple[int, int]:
    data = bytearray(QUERY.pack(id_, 0, b"", 0, 0, 0, 0, 0))
    ioctl(descriptor, QUERYCTRL, data)
    _, _, _, low, high, _, _, flags = QUERY.unpack(data)
    if flags & _DISABLED:
        raise OSError
    return low, high


def _read(descriptor: int, id_: int, ioctl: Ioctl) -> int:
    data = bytearray(CONTROL.pack(id_, 0))
    ioctl(descriptor, G_CTRL, data)
    value: int = CONTROL.unpack(data)[1]
    return value


def _write(descriptor: int, id_: int, value: int, ioctl: Ioctl) -> None:
    ioctl(descriptor, S_CTRL, bytearray(CONTROL.pack(id_, value)))


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 9
