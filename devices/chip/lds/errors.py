"""What a chip's file can be wrong about."""

from devices.chip.errors import ChipError


class LdsError(ChipError):
    """A file of data objects that is not the file it should be. Holds no personal data."""
