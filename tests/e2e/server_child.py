"""A hall server in a process of its own, which is killed while it issues a ticket.

    python -m tests.e2e.server_child DATABASE PORT MOMENT

The moment is ``before commit`` or ``after commit`` of the ticket.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from config.loading import hall_ids, load_catalogue, load_hall
from kiosk.server import kiosk_routes
from kiosk.server.hall_server import HallServer
from kiosk.server.idempotency import Answer, IdempotentRequests
from ui.demo.clock import DemoClock


def die_at(moment: str) -> None:
    """Die at once and without a last word, if this is the moment."""
    if sys.argv[3] == moment:
        os.kill(os.getpid(), signal.SIGKILL)


class DyingRequests(IdempotentRequests):
    """The real requests of a server whose power fails around the commit."""

    def run(
        self,
        hall_id: str,
        key: str,
        body: Any,
        now: datetime,
        work: Callable[[Session], Answer],
    ) -> Answer:
        def dying(session: Session) -> Answer:
            answer = work(session)
            die_at("before commit")
            return answer

        answer = super().run(hall_id, key, body, now, dying)
        die_at("after commit")
        return answer


def main() -> None:
    """Serve until killed."""
    kiosk_routes.IdempotentRequests = DyingRequests  # type: ignore[attr-defined]  # made there
    catalogue = load_catalogue()
    halls = [load_hall(hall_id, catalogue) for hall_id in hall_ids()]
    with HallServer(halls, catalogue, sys.argv[1], int(sys.argv[2]), clock=DemoClock()) as server:
        sys.stdout.write("serving\n")
        sys.stdout.flush()
        server.wait()


if __name__ == "__main__":
    main()
