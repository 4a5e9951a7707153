"""The steps of a ticket in the journal, and which may follow which."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Step(StrEnum):
    """What has happened to one ticket wanted."""

    INTENT = "intent"
    """A ticket is going to be asked for; whether the server knows is not known."""
    REFUSED = "refused"
    """The server will issue none. An end."""
    ISSUED = "issued"
    """There is a ticket with a number, and nothing on paper."""
    PRINT_SENT = "print_sent"
    """Bytes may have reached the printer from here on."""
    PRINT_CONFIRMED = "print_confirmed"
    """The printer proved that the paper is out."""
    PRINT_FAILED = "print_failed"
    """The printer proved that this copy did not come out whole."""
    PRINT_UNKNOWN = "print_unknown"
    """Neither printed nor unprinted, until somebody has looked."""
    TAKEN = "taken"
    """The visitor has it. An end, unless a copy is printed."""
    VOID = "void"
    """The ticket stands for nobody any more. An end."""


class Actor(StrEnum):
    """Who took a step."""

    VISIT = "visit"
    RECOVERY = "recovery"
    STAFF = "staff"


FOLLOWERS: Final = MappingProxyType(
    {
        None: frozenset({Step.INTENT}),
        Step.INTENT: frozenset({Step.ISSUED, Step.REFUSED}),
        Step.REFUSED: frozenset[Step](),
        Step.ISSUED: frozenset({Step.PRINT_SENT, Step.VOID}),
        Step.PRINT_SENT: frozenset({Step.PRINT_CONFIRMED, Step.PRINT_FAILED, Step.PRINT_UNKNOWN}),
        Step.PRINT_CONFIRMED: frozenset(
            # the printer's proof is not the visitor's word: it may be missing all the same
            {Step.TAKEN, Step.PRINT_SENT, Step.PRINT_UNKNOWN, Step.VOID}
        ),
        Step.PRINT_FAILED: frozenset({Step.PRINT_SENT, Step.VOID}),
        Step.PRINT_UNKNOWN: frozenset({Step.PRINT_SENT, Step.PRINT_CONFIRMED, Step.VOID}),
        Step.TAKEN: frozenset({Step.PRINT_SENT}),
        Step.VOID: frozenset[Step](),
    }
)
"""The steps that may follow each step; None stands for a key that the journal does not know."""

ENDS: Final = frozenset({Step.REFUSED, Step.TAKEN, Step.VOID})
"""Steps after which nothing is left to be done."""


class OrderError(Exception):
    """A step that cannot follow the last one: a fault of the program, which it must not hide."""


def check_order(last: Step | None, last_copy: int | None, step: Step, copy: int) -> None:
    """Hold the order of steps, and the counting of copies.

    Args:
        last: the ticket's last step; None where it has none.
        last_copy: the copy last sent to the printer (0: the original); None where none was.
        step: the step to take.
        copy: for PRINT_SENT, which copy; the original comes first, and whatever may be on paper
            already makes the next one a further copy.

    Raises:
        OrderError: the step cannot be taken now.
    """
    if step not in FOLLOWERS[last]:
        raise OrderError(f"{step} cannot follow {last or 'nothing'}")
    if step is not Step.PRINT_SENT:
        return
    if last_copy is None:
        allowed: tuple[int, ...] = (0,)
    elif last is Step.PRINT_FAILED:
        allowed = (last_copy, last_copy + 1)
    else:
        allowed = (last_copy + 1,)
    if copy not in allowed:
        expected = " or ".join(map(str, allowed))
        raise OrderError(f"copy {copy} cannot be printed now; it should be {expected}")
