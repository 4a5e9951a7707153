"""A camera's controls, against a kernel that answers as linux/videodev2.h says."""

import errno
import fcntl
import struct
from pathlib import Path

import pytest

from devices.camera.v4l2_controls import CONTROLS, apply

# written out from the headers, not taken from the module
EXPOSURE_AUTO, EXPOSURE_ABSOLUTE = 0x009A0901, 0x009A0902
FOCUS_ABSOLUTE, FOCUS_AUTO = 0x009A090A, 0x009A090C
WHITE_BALANCE, WHITE_BALANCE_AUTO, GAIN = 0x0098091A, 0x0098090C, 0x00980913
POWER_LINE = 0x00980918


class Kernel:
    """A camera's controls: id -> lowest, highest, step and value."""

    def __init__(self, **controls: tuple[int, int, int, int]) -> None:
        self.controls = {int(id_, 16): list(parts) for id_, parts in controls.items()}
        self.written: list[tuple[int, int]] = []

    def ioctl(self, descriptor: int, request: int, data: bytearray) -> int:
        assert descriptor == 7
        id_ = struct.unpack_from("=I", data)[0]
        if id_ not in self.controls:
            raise OSError(errno.EINVAL, "Invalid argument")
        low, high, step, value = self.controls[id_]
        # _IOWR('V', 36, struct v4l2_queryctrl), 28: S_CTRL, 27: G_CTRL, struct v4l2_control
        if request == 0xC0000000 | 68 << 16 | ord("V") << 8 | 36:
            assert len(data) == 68
            struct.pack_into("=II32siiii", data, 0, id_, 1, b"name", low, high, step, value)
        elif request == 0xC0000000 | 8 << 16 | ord("V") << 8 | 28:
            wanted = struct.unpack_from("=i", data, 4)[0]
            self.controls[id_][3] = wanted - (wanted - low) % step
            self.written.append((id_, wanted))
        elif request == 0xC0000000 | 8 << 16 | ord("V") << 8 | 27:
            struct.pack_into("=i", data, 4, value)
        else:
            raise AssertionError(f"ioctl {request:#x}")
        return 0


def webcam() -> Kernel:
    return Kernel(
        **{
            f"{EXPOSURE_AUTO:x}": (0, 3, 1, 3),
            f"{EXPOSURE_ABSOLUTE:x}": (3, 2047, 1, 250),
            f"{FOCUS_AUTO:x}": (0, 1, 1, 1),
            f"{FOCUS_ABSOLUTE:x}": (0, 250, 5, 0),
            f"{GAIN:x}": (0, 255, 1, 0),
            f"{POWER_LINE:x}": (0, 2, 1, 2),
        }
    )


def test_a_value_switches_the_automatic_off_first() -> None:
    kernel = webcam()
    assert apply(7, {"focus": "120", "exposure": "156"}, kernel.ioctl) == {}
    assert kernel.written == [
        (EXPOSURE_AUTO, 1),
        (EXPOSURE_ABSOLUTE, 156),
        (FOCUS_AUTO, 0),
        (FOCUS_ABSOLUTE, 120),
    ]


def test_automatic_leaves_the_value_to_the_camera() -> None:
    kernel = webcam()
    assert apply(7, {"focus": "auto", "exposure": "auto"}, kernel.ioctl) == {}
    assert kernel.written == [(EXPOSURE_AUTO, 3), (FOCUS_AUTO, 1)]


def test_lamps_on_the_power_line() -> None:
    kernel = webcam()
    assert apply(7, {"power_line": "50"}, kernel.ioctl) == {}
    assert kernel.written == [(POWER_LINE, 1)]
    assert apply(7, {"power_line": "auto"}, kernel.ioctl) == {
        "power_line": "this camera takes 0 to 2"
    }


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"exposure": "9999"}, "this camera takes 3 to 2047"),
        ({"white_balance": "4600"}, "this camera has no such setting"),
        ({"white_balance": "auto"}, "this camera has no automatic for it"),
        ({"focus": "122"}, "the camera made 120 of it"),
    ],
)
def test_what_the_camera_cannot_is_said_and_the_rest_is_set(
    wanted: dict[str, str], why: str
) -> None:
    kernel = webcam()
    assert apply(7, {**wanted, "gain": "10"}, kernel.ioctl) == {next(iter(wanted)): why}
    assert kernel.controls[GAIN][3] == 10


def test_a_camera_whose_focus_is_fixed_by_hand_takes_the_value() -> None:
    kernel = Kernel(**{f"{FOCUS_ABSOLUTE:x}": (0, 10, 1, 0)})
    assert apply(7, {"focus": "4"}, kernel.ioctl) == {}


def test_the_real_kernel_says_no_to_what_is_no_camera() -> None:
    with Path("/dev/null").open("rb+", buffering=0) as null:
        refused = apply(null.fileno(), {"gain": "1", "focus": "auto"}, fcntl.ioctl)
    assert refused == {
        "gain": "this camera has no such setting",
        "focus": "this camera has no automatic for it",
    }


def test_every_setting_says_what_it_takes() -> None:
    for control in CONTROLS.values():
        assert control.accepts(control.values.split(", ")[0].split(" ")[0]) or control.accepts("1")
        assert not control.accepts("")
        assert not control.accepts("bright")
        assert not control.accepts("1.5")
