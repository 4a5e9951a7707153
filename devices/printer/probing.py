"""Finding out what a printer is and what it can prove."""

from devices.driver import CommandRun
from devices.printer.contract import PrintProof, ProbeReport
from devices.printer.session import (
    AUTOMATIC_STATUS,
    IN_ORDER_STATUS,
    INITIALIZE,
    Session,
    process_id_request,
)
from devices.printer.status import from_real_time

_NAMES = _FIRMWARE, _MANUFACTURER, _MODEL, _SERIAL = 65, 66, 67, 68


def probe(session: Session, run: CommandRun) -> ProbeReport:
    """Ask a printer everything; prints nothing.

    Raises:
        LinkLost: the link is broken.
        CommandFailed: cancelled, or out of time.
    """
    status_bytes = session.status_bytes()
    status = from_real_time(status_bytes)
    automatic, proof, names = False, None, dict.fromkeys(_NAMES, "")
    if not status.faults:
        automatic = _gives_automatic_status(session)
        run.check()
        proof = _best_proof(session)
        run.check()
        if proof is not PrintProof.NONE:
            names = {n: _identity(session, n) for n in _NAMES}
    return ProbeReport(
        manufacturer=names[_MANUFACTURER],
        model=names[_MODEL],
        firmware=names[_FIRMWARE],
        serial_number=names[_SERIAL],
        status=status,
        status_bytes=status_bytes,
        automatic_status=automatic,
        proof=proof,
    )


def _gives_automatic_status(session: Session) -> bool:
    session.automatic = None
    session.send(INITIALIZE + AUTOMATIC_STATUS)
    return session.wait_for(lambda: session.automatic is not None, session.limits.ready)


def _best_proof(session: Session) -> PrintProof:
    marker, answers = session.new_id(), session.in_order
    session.send(process_id_request(marker) + IN_ORDER_STATUS)
    in_order = session.wait_for(lambda: session.in_order > answers, session.limits.ready)
    if marker in session.process_ids:
        return PrintProof.PROCESS_ID
    return PrintProof.PROCESSED if in_order else PrintProof.NONE


def _identity(session: Session, n: int) -> str:
    before = len(session.identities)
    session.send(b"\x1dI" + bytes((n,)))
    session.wait_for(lambda: len(session.identities) > before, session.limits.ready)
    return session.identities[-1] if len(session.identities) > before else ""
