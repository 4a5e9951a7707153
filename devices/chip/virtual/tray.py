"""A virtual reader in process: a place to lay virtual documents on and to take them from."""

import threading

from devices.chip.errors import CardRemoved, ReaderUnavailable
from devices.chip.readers import ReaderState
from devices.chip.virtual.transport import VirtualTransport

NAME = "Virtual reader"


class VirtualTray:
    """Implements `devices.chip.readers.ReaderSystem`; the operator's side is for any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._card: VirtualTransport | None = None
        self._plugged_in = True

    # -- for the operator ------------------------------------------------------------------------

    def insert(self, card: VirtualTransport) -> None:
        """Lay a document down; one that lies there is taken away."""
        with self._lock:
            if self._card is not None:
                self._card.take_away()
            self._card = card

    def remove(self) -> None:
        """Take the document away, whatever the reader is doing with it."""
        with self._lock:
            if self._card is not None:
                self._card.take_away()
            self._card = None

    def plug(self, *, in_: bool) -> None:
        """Plug the reader in or out."""
        with self._lock:
            self._plugged_in = in_
            if not in_ and self._card is not None:
                self._card.take_away()

    # -- for the driver --------------------------------------------------------------------------

    def states(self) -> list[ReaderState]:
        with self._lock:
            self._check()
            present = self._card is not None and not self._card.removed
            return [ReaderState(NAME, present, present)]

    def connect(self, reader: str) -> VirtualTransport:
        with self._lock:
            self._check()
            if self._card is None or reader != NAME:
                raise CardRemoved("there is no document on the virtual reader")
            self._card.reset()
            return self._card

    def close(self) -> None:
        """Nothing is held."""

    def _check(self) -> None:
        if not self._plugged_in:
            raise ReaderUnavailable("the virtual reader is not plugged in")
