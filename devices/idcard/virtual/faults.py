"""What the operator of a virtual reader can make go wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from devices.control import UnknownVerb
from devices.idcard.codes import SamCommand

COMMANDS = {
    "reset": SamCommand.RESET,
    "status": SamCommand.STATUS,
    "sam-id": SamCommand.SAM_ID,
    "find": SamCommand.FIND_CARD,
    "select": SamCommand.SELECT_CARD,
    "read": SamCommand.READ_TEXT_AND_PHOTO,
    "address": SamCommand.READ_APPENDED_ADDRESS,
}


class FaultKind(StrEnum):
    """Faults by the verb that asks for them."""

    REFUSE = "refuse"
    """Answer with an SW3 of the operator's choice."""
    SLOW = "slow"
    """Answer so many seconds late."""
    SILENT = "silent"
    """Do not answer."""
    HALF = "half"
    """Answer with the first half of the frame only."""
    NOISE = "noise"
    """Send garbage before the frame, with half a preamble in it."""
    CHECKSUM = "checksum"
    """Answer with a wrong checksum."""
    LENGTH = "length"
    """Answer with a length that is too great."""
    DRIP = "drip"
    """Send the frame byte by byte."""
    LIFT = "lift-midway"
    """The card is lifted while the command is carried out."""


@dataclass(slots=True)
class Fault:
    """One fault that waits for its turn."""

    kind: FaultKind
    value: float = 0.0
    """Seconds, or the SW3."""
    command: SamCommand | None = None
    """None: whatever is asked."""
    left: int | None = None
    """How often it still happens; None: until it is cleared."""

    def __str__(self) -> str:
        value = {FaultKind.REFUSE: f" {int(self.value):02X}", FaultKind.SLOW: f" {self.value:g}"}
        names = {command: name for name, command in COMMANDS.items()}
        on = f" {names[self.command]}" if self.command else ""
        prefix = "" if self.left is None else f"{self.left} times "
        return f"{prefix}{self.kind}{value.get(self.kind, '')}{on}"


USAGE = (
    "[once | N times] VERB [find|select|read|address|status|sam-id|reset]; VERB is one of "
    "refuse SW3, slow SECONDS, silent, half, noise, checksum, length, drip, lift-midway"
)


def parse_fault(words: Sequence[str]) -> Fault:
    """Read a verb.

    Raises:
        UnknownVerb: with what would be right.
    """
    left: int | None = None
    rest = list(words)
    if rest[:1] == ["once"]:
        left, rest = 1, rest[1:]
    elif rest[1:2] == ["times"] and rest[0].isdecimal() and int(rest[0]) > 0:
        left, rest = int(rest[0]), rest[2:]
    if not rest or rest[0] not in set(FaultKind):
        _wrong(words)
    kind, rest = FaultKind(rest[0]), rest[1:]
    value = 0.0
    if kind in {FaultKind.REFUSE, FaultKind.SLOW}:
        try:
            value = int(rest[0], 16) if kind is FaultKind.REFUSE else float(rest[0])
        except (IndexError, ValueError):
            _wrong(words)
        rest = rest[1:]
        if not 0 <= value <= (0xFF if kind is FaultKind.REFUSE else 3600):
            _wrong(words)
    command = COMMANDS.get(rest[0]) if rest else None
    if len(rest) > 1 or (rest and command is None):
        _wrong(words)
    if kind is FaultKind.LIFT and command is None:
        command = SamCommand.READ_TEXT_AND_PHOTO
    return Fault(kind, value, command, left)


def _wrong(words: Sequence[str]) -> NoReturn:
    raise UnknownVerb(f"{' '.join(words)!r} is not understood; {USAGE}")
