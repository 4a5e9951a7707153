"""The line to a printer: python-escpos opens it, nothing here ever waits longer than it is told."""

import contextlib
import errno
import os
import select
import socket
import struct
import termios
from typing import Any, Protocol

import serial

from devices.printer.library import exceptions, printer
from devices.printer.uri import Flow, PrinterUri
from devices.serial_port import why_unusable

CONNECT_SECONDS = 1.0
_READ_BYTES = 1024


class LinkLost(Exception):  # noqa: N818 -- what happened to the link
    """The connection is broken, or there is none to be had; the text says why."""


class Link(Protocol):
    """Carries bytes both ways."""

    def write(self, data: bytes, seconds: float) -> int:
        """Hand over what is taken within that time; returns how many bytes, perhaps 0.

        Raises:
            LinkLost: it is broken. How much of `data` was taken is then unknown.
        """

    def read(self, seconds: float) -> bytes:
        """What arrives within that time, empty if nothing does.

        Raises:
            LinkLost: it is broken.
        """

    def abort(self) -> None:
        """Close it and throw away what has been taken but not sent. Never raises."""

    def close(self) -> None:
        """Close it. Never raises."""


def connect(uri: PrinterUri) -> Link:
    """Open the line to a printer, within about a second.

    Raises:
        LinkLost: it cannot be opened.
    """
    try:
        match uri.scheme:
            case "tcp":
                return TcpLink(uri)
            case "serial":
                return SerialLink(uri)
            case _:
                return UsbLink(uri)
    except (exceptions.DeviceNotFoundError, OSError, UnicodeError) as error:
        raise LinkLost(_why_none(uri, error)) from error


def _why_none(uri: PrinterUri, error: Exception) -> str:
    """Why there is no connection, and what to check."""
    # the library wraps what the system said
    cause = (error.__context__ or error) if isinstance(error, exceptions.Error) else error
    match uri.scheme:
        case "tcp" if isinstance(cause, socket.gaierror | UnicodeError):
            return (
                f"the network knows no {uri.host}: check the printer's address in the configuration"
            )
        case "tcp":
            return (
                f"no printer answers at {uri.host}:{uri.port} ({_system_says(cause)}): check that "
                "it is switched on, its network cable, and its address in the configuration"
            )
        case "serial":
            return why_unusable(uri.device, cause, "printer")
    name = f"{uri.vendor:04x}:{uri.product:04x}"
    if getattr(cause, "errno", None) == errno.EACCES:
        return f"no permission to use the USB printer {name}: add the kiosk's user to the group lp"
    return f"there is no USB printer {name}: check its power, its cable and the configuration"


def _broken(line: str, error: BaseException) -> str:
    """That a connection is over, and what to check."""
    return f"the {line} to the printer broke off ({_system_says(error)}): check its power and cable"


def _system_says(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or type(error).__name__
    return str(text).lower()


class TcpLink:
    """A network printer's raw port, usually 9100."""

    def __init__(self, uri: PrinterUri) -> None:
        self._printer = printer.Network(uri.host, uri.port)
        # Its own open() knows IPv4 only, and leaves the socket open when it cannot connect.
        self._printer.device = socket.create_connection((uri.host, uri.port), CONNECT_SECONDS)
        self._socket: socket.socket = self._printer.device
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def write(self, data: bytes, seconds: float) -> int:
        _, writable, _ = select.select([], [self._socket], [], seconds)
        if not writable:
            return 0
        try:
            return self._socket.send(data)
        except OSError as error:
            raise LinkLost(_broken("connection", error)) from error

    def read(self, seconds: float) -> bytes:
        readable, _, _ = select.select([self._socket], [], [], seconds)
        if not readable:
            return b""
        try:
            data = self._socket.recv(_READ_BYTES)
        except OSError as error:
            raise LinkLost(_broken("connection", error)) from error
        if not data:
            raise LinkLost("the printer closed the connection; it is tried again by itself")
        return data

    def abort(self) -> None:
        # Without lingering, the kernel resets the connection instead of delivering the rest.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()
        self.close()

    def close(self) -> None:
        self._printer.close()


class SerialLink:
    """A serial line, or a USB printer that shows itself as one."""

    def __init__(self, uri: PrinterUri) -> None:
        self._printer = printer.Serial(
            uri.device,
            uri.baudrate,
            timeout=0,
            dsrdtr=uri.flow is Flow.DSR_DTR,
            xonxoff=uri.flow is Flow.XON_XOFF,
        )
        self._printer.open()
        self._port: serial.Serial = self._printer.device
        self._port.rtscts = uri.flow is Flow.RTS_CTS

    def write(self, data: bytes, seconds: float) -> int:
        # pyserial's own write would try again for ever when the line is full.
        try:
            _, writable, _ = select.select([], [self._port.fileno()], [], seconds)
            return os.write(self._port.fileno(), data) if writable else 0
        except BlockingIOError:
            return 0
        except (OSError, TypeError, ValueError) as error:
            raise LinkLost(_broken("serial line", error)) from error

    def read(self, seconds: float) -> bytes:
        try:
            readable, _, _ = select.select([self._port.fileno()], [], [], seconds)
            return self._port.read(_READ_BYTES) if readable else b""
        except (OSError, TypeError, ValueError) as error:
            raise LinkLost(_broken("serial line", error)) from error

    def abort(self) -> None:
        # If the line is gone, so is what was not sent.
        with contextlib.suppress(OSError, TypeError, ValueError, termios.error):
            self._port.reset_output_buffer()
        self.close()

    def close(self) -> None:
        # python-escpos flushes first, which waits without bound while the printer holds the line.
        self._port.close()


class UsbLink:
    """A printer of the USB printer class."""

    def __init__(self, uri: PrinterUri, usb_args: dict[str, Any] | None = None) -> None:
        try:
            import usb.core
            import usb.util
        except ImportError as error:
            raise LinkLost("USB printers need pyusb and libusb 1.0: pip install pyusb") from error
        self._usb_error = usb.core.USBError
        try:
            self._printer = printer.Usb(uri.vendor, uri.product, usb_args=usb_args or {})
            self._printer.open()
        except usb.core.NoBackendError as error:
            raise LinkLost("USB printers need libusb 1.0: apt install libusb-1.0-0") from error
        self._device = self._printer.device
        interface = self._device.get_active_configuration()[(0, 0)]
        ends = {usb.util.endpoint_direction(end.bEndpointAddress): end for end in interface}
        try:
            self._out = ends[usb.util.ENDPOINT_OUT]
            self._in = ends[usb.util.ENDPOINT_IN]
        except KeyError as error:
            raise LinkLost("the USB device has no pair of bulk endpoints") from error

    def write(self, data: bytes, seconds: float) -> int:
        # One packet at a time: of a longer transfer that times out, nobody knows what was taken.
        packet = data[: self._out.wMaxPacketSize]
        try:
            return int(self._out.write(packet, _milliseconds(seconds)))
        except self._usb_error as error:
            if error.errno == errno.ETIMEDOUT:
                return 0
            raise LinkLost(_broken("USB connection", error)) from error

    def read(self, seconds: float) -> bytes:
        try:
            return bytes(self._in.read(self._in.wMaxPacketSize, _milliseconds(seconds)))
        except self._usb_error as error:
            if error.errno == errno.ETIMEDOUT:
                return b""
            raise LinkLost(_broken("USB connection", error)) from error

    def abort(self) -> None:
        self.close()

    def close(self) -> None:
        self._printer.close()


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))  # 0 would mean for ever
