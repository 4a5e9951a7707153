"""The real pcscd with the virtual reader, started where it is not running already."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.chip.errors import ReaderUnavailable
from devices.chip.pcsc import PcscReaders
from devices.chip.virtual.vpcd import VpcdSlot

READER = "Virtual PCD"
START_SECONDS = 10.0


@dataclass(frozen=True)
class VirtualReader:
    """A slot of the virtual reader, and the names under which PC/SC knows both."""

    slot: VpcdSlot
    name: str


def _reader_names() -> list[str]:
    try:
        readers = PcscReaders(READER)
    except ReaderUnavailable:
        return []
    try:
        return readers.names()
    except ReaderUnavailable:
        return []
    finally:
        readers.close()


def _why_not() -> str | None:
    """What keeps pcscd from being started here; None: nothing."""
    if shutil.which("pcscd") is None:
        return "pcscd is not installed: apt-get install pcscd vsmartcard-vpcd"
    if not Path("/etc/reader.conf.d/vpcd").exists():
        return "the virtual reader is not installed: apt-get install vsmartcard-vpcd"
    if os.geteuid() != 0:
        return "pcscd runs as root only; start it by hand: sudo pcscd"
    return None


_not_tested: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what could not be tested."""
    for reason in dict.fromkeys(_not_tested):
        terminalreporter.write_line("")
        terminalreporter.write_line(
            f"NO CARD WAS TESTED THROUGH THE REAL PCSCD: {reason}", red=True, bold=True
        )


@contextmanager
def _alone(purpose: str) -> Iterator[None]:
    """One pcscd serves all test runs on a machine: they take turns."""
    path = Path(tempfile.gettempdir()) / f"hall-kiosk-{purpose}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def running_pcscd() -> list[str]:
    """Names of the virtual reader's slots in a pcscd that runs; skips the test without one.

    One that is started here ends by itself a minute after its last user, and is started again for
    the next.
    """
    with _alone("pcscd"):
        names = _reader_names()
        if names:
            return names
        reason = _why_not()
        if reason is not None:
            _not_tested.append(reason)
            pytest.skip(f"no card is tested through the real pcscd: {reason}")
        subprocess.run(["pcscd", "--auto-exit"], check=True, timeout=START_SECONDS)
        deadline = time.monotonic() + START_SECONDS
        while not (names := _reader_names()):
            if time.monotonic() > deadline:
                pytest.fail("pcscd with vpcd did not start; see the system's log", pytrace=False)
            time.sleep(0.05)
        return names


@contextmanager
def empty_slot() -> Iterator[VirtualReader]:
    """The first slot of the virtual reader, empty before and after."""
    with _alone("vpcd"):
        name = running_pcscd()[0]
        slot = VpcdSlot()
        try:
            yield VirtualReader(slot, name)
        finally:
            slot.remove()
            _await_empty(name)


@pytest.fixture
def virtual_reader() -> Iterator[VirtualReader]:
    """An empty slot for one test."""
    with empty_slot() as reader:
        yield reader


def _await_empty(name: str) -> None:
    """The service looks every 400 ms; a card put in before would be taken for the old one."""
    readers = PcscReaders(name)
    deadline = time.monotonic() + START_SECONDS
    while any(state.card_present for state in readers.states()):
        assert time.monotonic() < deadline, "pcscd does not notice that the card is gone"
        time.sleep(0.02)
    readers.close()
