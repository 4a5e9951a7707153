"""What carries the bytes between host and reader."""

import termios
from typing import Protocol

import serial

from devices.serial_port import why_unusable

_LOST = (serial.SerialException, OSError, termios.error)
"""What pyserial raises when a port is gone."""


class LinkLost(Exception):  # noqa: N818 -- a state of the world, named as the event is
    """The connection to the reader is gone; the text says for staff what and what to do."""


class ByteLink(Protocol):
    """Bytes to and from a reader, in pieces of any size.

    A serial line carries a frame as it is. Over USB bulk the reader has its first seven bytes
    (preamble and length) on one pair of pipes and the rest on another; a link for USB splits what
    it is given to write there, and gives out what comes from both in order. Neither needs to know
    anything else of frames.
    """

    def write(self, data: bytes) -> None:
        """Send all bytes.

        Raises:
            LinkLost: the reader is gone.
        """

    def read(self, seconds: float) -> bytes:
        """What has come: waits for the first byte at most `seconds`, and returns b"" after that.

        Raises:
            LinkLost: the reader is gone.
        """

    def discard(self) -> None:
        """Forget what has come and has not been read.

        Raises:
            LinkLost: the reader is gone.
        """

    def close(self) -> None:
        """Let go of the port; never raises."""


class SerialLink:
    """A serial port: 8 data bits, no parity, 1 stop bit."""

    def __init__(self, port: str, baudrate: int = 115200) -> None:
        """Open the port.

        Raises:
            LinkLost: there is no such port, or it may not be used.
        """
        try:
            self._serial = serial.Serial(port, baudrate, write_timeout=1.0, exclusive=True)
        except _LOST as error:
            raise LinkLost(why_unusable(port, error, "reader")) from error

    def write(self, data: bytes) -> None:
        try:
            self._serial.write(data)
        except _LOST as error:
            raise LinkLost("the reader was unplugged: check its cable") from error

    def read(self, seconds: float) -> bytes:
        try:
            self._serial.timeout = seconds
            first: bytes = self._serial.read(1)
            rest: bytes = self._serial.read(self._serial.in_waiting) if first else b""
        except _LOST as error:
            raise LinkLost("the reader was unplugged: check its cable") from error
        return first + rest

    def discard(self) -> None:
        try:
            self._serial.reset_input_buffer()
        except _LOST as error:
            raise LinkLost("the reader was unplugged: check its cable") from error

    def close(self) -> None:
        try:
            self._serial.close()
        except _LOST:
            return  # it is gone, which is what was wanted
