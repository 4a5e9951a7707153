"""What kinds of printer the virtual one can be."""

from dataclasses import dataclass

from devices.printer.contract import PaperWidth


@dataclass(frozen=True, slots=True)
class Model:
    """The abilities and the pace of a printer."""

    name: str = "TM-T88VI"
    manufacturer: str = "EPSON"
    firmware: str = "1.00 VIRTUAL"
    serial_number: str = "VIRT000001"
    paper: PaperWidth = PaperWidth.MM_80
    process_id: bool = True
    """Answers GS ( H function 48."""
    in_order_status: bool = True
    """Answers GS r and GS I."""
    automatic_status: bool = True
    """Answers GS a with automatic status back."""
    clear_command: bool = True
    """Obeys DLE DC4 function 8 (clear buffer)."""
    mm_per_second: float | None = None
    """Printing speed; None: no time passes, for tests."""
    baud: int | None = None
    """Serial line speed, 10 bits a byte; None: no time passes."""
    buffer_bytes: int = 4096
    """Receive buffer; when it is full, nothing more is taken."""


MODELS = {
    "tm-t88vi": Model(mm_per_second=350),
    "tm-t20iii": Model(name="TM-T20III", mm_per_second=250),
    "tm-t20": Model(name="TM-T20", mm_per_second=150, process_id=False),
    "58mm": Model(
        name="POS-58",
        manufacturer="_",
        paper=PaperWidth.MM_58,
        mm_per_second=90,
        process_id=False,
        clear_command=False,
        automatic_status=False,
    ),
}
"""By the name that the command line takes."""
