"""How a virtual card ends a command early."""


class CardError(Exception):
    """A command ends with this status word and no data."""

    def __init__(self, sw: int) -> None:
        super().__init__(f"{sw:04X}")
        self.sw = sw
