"""What state the printer is in, and the status bytes that a real one sends in that state."""

from dataclasses import dataclass

from devices.status import Paper

_DLE_EOT_BASE = 0x12
_ASB_BASE = 0x10


@dataclass(slots=True)
class Condition:
    """The printer's sensors and errors (Epson, ESC/POS: DLE EOT, GS a)."""

    paper: Paper = Paper.FULL
    cover_open: bool = False
    switched_offline: bool = False
    cutter_error: bool = False
    mechanical_error: bool = False
    unrecoverable: bool = False
    head_hot: bool = False
    cleared: bool = False
    """The cause of a cutter or mechanical error is gone; DLE ENQ ends the error."""

    @property
    def error(self) -> bool:
        return self.cutter_error or self.mechanical_error or self.unrecoverable or self.head_hot

    @property
    def offline(self) -> bool:
        return self.error or self.cover_open or self.switched_offline or self.paper is Paper.OUT

    @property
    def recoverable(self) -> bool:
        """Whether DLE ENQ would end the error now."""
        return self.cleared and not self.cover_open and not self.unrecoverable

    def recover(self) -> None:
        self.cutter_error = self.mechanical_error = self.cleared = False

    def real_time(self, n: int) -> int:
        """The answer to DLE EOT n, 1 to 4."""
        paper_end = self.paper is Paper.OUT
        bits = {
            1: [(self.offline, 0x08), (self.recoverable, 0x20)],
            2: [(self.cover_open, 0x04), (paper_end, 0x20), (self.error, 0x40)],
            3: [
                (self.mechanical_error, 0x04),
                (self.cutter_error, 0x08),
                (self.unrecoverable, 0x20),
                (self.head_hot, 0x40),
            ],
            4: [(self.paper in {Paper.LOW, Paper.OUT}, 0x0C), (paper_end, 0x60)],
        }[n]
        return _DLE_EOT_BASE | sum(bit for on, bit in bits if on)

    def automatic(self) -> bytes:
        """The four bytes of automatic status back."""
        first = [(self.offline, 0x08), (self.cover_open, 0x20)]
        second = [
            (self.mechanical_error, 0x04),
            (self.cutter_error, 0x08),
            (self.unrecoverable, 0x20),
            (self.head_hot, 0x40),
        ]
        return bytes(
            (
                _ASB_BASE | sum(bit for on, bit in first if on),
                sum(bit for on, bit in second if on),
                self.paper_sensors(),
                0,
            )
        )

    def paper_sensors(self) -> int:
        """The answer to GS r 1, and the third byte of automatic status back."""
        low = self.paper in {Paper.LOW, Paper.OUT}
        return (0x03 if low else 0) | (0x0C if self.paper is Paper.OUT else 0)
