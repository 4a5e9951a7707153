"""A kiosk that writes its journal until it is killed. Run with the journal's path.

First it takes one ticket to each step and leaves it there; then it takes tickets through whole
visits for ever. Each step is told on the standard output once the journal says that it is on disk.
"""

import itertools
import sys
from pathlib import Path

from kiosk.backend.journal import Journal
from kiosk.backend.steps import Step
from tests.backend.support import request, ticket

VISIT = (Step.INTENT, Step.ISSUED, Step.PRINT_SENT, Step.PRINT_CONFIRMED, Step.TAKEN)


def take(journal: Journal, key: str, number: int, step: Step) -> None:
    """Take one step, and tell."""
    match step:
        case Step.INTENT:
            journal.intent(request(key))
        case Step.ISSUED:
            journal.issued(key, ticket(number))
        case Step.PRINT_SENT:
            journal.print_sent(key)
        case _:
            journal.record(key, step)
    sys.stdout.write(f"{key} {step.value}\n")
    sys.stdout.flush()


def main() -> None:
    """Write until killed."""
    journal = Journal(Path(sys.argv[1]))
    for number, stop in enumerate(VISIT, 1):
        for step in VISIT[:number]:
            take(journal, f"at-{stop.value}", number, step)
    for number in itertools.count(100):
        for step in VISIT:
            take(journal, f"k{number}", number, step)


if __name__ == "__main__":
    main()
