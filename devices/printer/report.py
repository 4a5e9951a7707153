"""What a probe has found out, in words."""

from collections.abc import Iterator

from devices.printer.contract import PrintProof, ProbeReport

_BITS: dict[int, dict[int, str]] = {
    1: {0x04: "drawer", 0x08: "offline", 0x20: "waits for recovery", 0x40: "feed button"},
    2: {
        0x04: "cover open",
        0x08: "feeding by button",
        0x20: "stopped at the paper's end",
        0x40: "error",
    },
    3: {
        0x04: "mechanical error",
        0x08: "cutter error",
        0x20: "unrecoverable error",
        0x40: "head hot",
    },
    4: {0x0C: "paper near its end", 0x60: "no paper"},
}
_PROOFS = {
    None: "not known while it cannot print: put that right and probe again",
    PrintProof.PROCESS_ID: "yes, by process id (GS ( H)",
    PrintProof.PROCESSED: "weaker: it tells what it has processed (GS r)",
    PrintProof.NONE: "no: add proof=none to its URI; every ticket will be uncertain",
}


def lines(report: ProbeReport) -> Iterator[str]:
    """The report, a line at a time."""
    yield f"manufacturer  {report.manufacturer or 'not told'}"
    yield f"model         {report.model or 'not told'}"
    yield f"firmware      {report.firmware or 'not told'}"
    yield f"serial number {report.serial_number or 'not told'}"
    for n, byte in enumerate(report.status_bytes, start=1):
        yield f"DLE EOT {n}     {_bits(n, byte)}"
    yield f"automatic     {'status comes by itself' if report.automatic_status else 'no status'}"
    yield f"proof         {_PROOFS[report.proof]}"
    yield f"paper         {report.status.paper}"
    yield f"status        {report.status.device}"
    if report.status.detail:
        yield f"to do         {report.status.detail}"


def _bits(n: int, byte: int | None) -> str:
    if byte is None:
        return "no answer"
    names = [name for bit, name in _BITS[n].items() if byte & bit == bit]
    return f"{byte:02x} {byte:08b}  {', '.join(names) or 'nothing wrong'}"
