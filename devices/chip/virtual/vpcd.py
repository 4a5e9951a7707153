"""A virtual card on a reader of the real pcscd, through vsmartcard's virtual reader (vpcd).

The protocol: each message is preceded by its length in two bytes, big-endian. A message of one
byte from the reader is a control: power off, power on, reset, or the request for the ATR; all
others are command APDUs, to be answered with a response APDU.
"""

import logging
import socket
import struct
import threading
from enum import IntEnum
from typing import Final

from devices.chip.errors import CardRemoved, CardSilent, ReaderUnavailable
from devices.chip.guarded_transport import Resettable
from devices.chip.transport import CardTransport
from devices.failure import log_failure

log = logging.getLogger(__name__)

DEFAULT_PORT: Final = 35963
"""Of the reader's first slot; the second has the next number."""

_LENGTH: Final = struct.Struct(">H")
_CONNECT_SECONDS: Final = 5.0
_NO_ANSWER: Final = b"\x00"
"""Too short for a response; vpcd itself would wait for ever, where a real reader gives up."""


class _Control(IntEnum):
    POWER_OFF = 0
    POWER_ON = 1
    RESET = 2
    GET_ATR = 4


class VpcdSlot:
    """One slot of the virtual reader, into which cards are put and from which they are taken."""

    def __init__(self, host: str = "127.0.0.1", port: int = DEFAULT_PORT) -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def insert(self, card: CardTransport) -> None:
        """Put a card in; returns at once, the card is served on a thread.

        Raises:
            ReaderUnavailable: no vpcd listens there; start pcscd with vpcd configured.
        """
        self.remove()
        host, port = self._address
        try:
            connection = socket.create_connection(self._address, timeout=_CONNECT_SECONDS)
        except OSError as error:
            raise ReaderUnavailable(
                f"no virtual reader listens on {host}:{port}; is pcscd up with vpcd?"
            ) from error
        connection.settimeout(None)
        self._socket = connection
        self._thread = threading.Thread(
            target=_serve, args=(connection, card), name="virtual-card", daemon=True
        )
        self._thread.start()

    def remove(self) -> None:
        """Take the card out, whatever it is doing."""
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                log.debug("the virtual reader was gone already")
            self._socket.close()
            self._socket = None
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_CONNECT_SECONDS)
            self._thread = None

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the card is out; False when the time is over first."""
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()


def _serve(connection: socket.socket, card: CardTransport) -> None:
    try:
        with connection:
            while (message := _receive(connection)) is not None:
                reply = _answer(card, message)
                if reply is not None:
                    connection.sendall(_LENGTH.pack(len(reply)) + reply)
    except CardRemoved:
        log.debug("the virtual document was taken away")
    except OSError as error:
        log.debug("the virtual reader closed the connection: %s", type(error).__name__)
    except Exception as error:  # noqa: BLE001 -- the thread's outermost frame
        log_failure(log, error, "the virtual card failed")


def _answer(card: CardTransport, message: bytes) -> bytes | None:
    if len(message) != 1:
        try:
            return card.transmit(message)
        except CardSilent:
            return _NO_ANSWER
    if message[0] == _Control.GET_ATR:
        return card.atr
    if message[0] in (_Control.POWER_ON, _Control.RESET) and isinstance(card, Resettable):
        card.reset()
    return None


def _receive(connection: socket.socket) -> bytes | None:
    """One message; None when the reader has closed the connection."""
    header = _receive_exactly(connection, _LENGTH.size)
    return None if header is None else _receive_exactly(connection, _LENGTH.unpack(header)[0])


def _receive_exactly(connection: socket.socket, length: int) -> bytes | None:
    data = b""
    while len(data) < length:
        # Without it, the reader's two small writes wait for a delayed acknowledgement: 40 ms each.
        if hasattr(socket, "TCP_QUICKACK"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = connection.recv(length - len(data))
        if not part:
            return None
        data += part
    return data
