"""The virtual reader's serial port: a pseudo-terminal that can be unplugged and plugged in."""

import os
import select
import shutil
import tempfile
import threading
import tty
import weakref
from pathlib import Path

from devices.idcard.frame import Deframer, FrameError
from devices.idcard.virtual.reader import VirtualReader


class ReaderPort:
    """Answers commands that come over a pseudo-terminal.

    The port's name stays the same when it is unplugged and plugged in again, as a udev link to a
    USB serial adapter does.
    """

    def __init__(self, reader: VirtualReader, name: Path | None = None) -> None:
        """`name`: what the port is called; None: a name in a folder of its own."""
        self._reader = reader
        self.name = name or self._made_up_name()
        self._lock = threading.Lock()
        self._plugged: _Plugged | None = None

    def _made_up_name(self) -> Path:
        folder = tempfile.mkdtemp(prefix="idcard-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder) / "reader"

    @property
    def plugged(self) -> bool:
        return self._plugged is not None

    def plug_in(self) -> None:
        """Make the port appear.

        Raises:
            OSError: its name is taken by something else than a link.
        """
        with self._lock:
            if self._plugged is not None:
                return
            if self.name.is_symlink():
                self.name.unlink()
            plugged = _Plugged(self._reader)
            try:
                self.name.symlink_to(plugged.device)
            except OSError:
                plugged.pull()
                raise
            self._plugged = plugged

    def unplug(self) -> None:
        """Make the port disappear under whoever has it open."""
        with self._lock:
            if self._plugged is not None:
                self.name.unlink(missing_ok=True)
                self._plugged.pull()
                self._plugged = None


class _Plugged:
    """One pseudo-terminal from plugging in to pulling out, with the thread that serves it."""

    def __init__(self, reader: VirtualReader) -> None:
        self._reader = reader
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.device = os.ttyname(self._slave)
        os.set_blocking(self._master, False)
        self._wake_read, self._wake_write = os.pipe()
        self._pulled = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="virtual-idcard", daemon=True)
        self._thread.start()

    def pull(self) -> None:
        self._pulled.set()
        os.write(self._wake_write, b"x")
        self._thread.join(5)

    def _serve(self) -> None:
        deframer = Deframer()
        while not self._pulled.is_set():
            select.select([self._master, self._wake_read], [], [])
            if self._pulled.is_set():
                break
            deframer.feed(os.read(self._master, 4096))
            self._answer(deframer)
        for fd in (self._master, self._slave, self._wake_read, self._wake_write):
            os.close(fd)

    def _answer(self, deframer: Deframer) -> None:
        while not self._pulled.is_set():
            try:
                payload = deframer.take()
            except FrameError:
                self._send(self._reader.answer_to_damage())
                continue
            if payload is None:
                return
            for delay, piece in self._reader.answer(payload):
                if delay and self._pulled.wait(delay):
                    return
                self._send(piece)

    def _send(self, data: bytes) -> None:
        try:
            os.write(self._master, data)
        except BlockingIOError:
            return  # nobody reads, and the line has no place for more: it is lost, as on a line
