"""From which margins on a character counts as certain."""

from dataclasses import dataclass

from devices.camera.mrz.decode import Decoded
from devices.camera.mrz.rules import Mask


@dataclass(frozen=True, slots=True)
class Threshold:
    """Margins in log probability (``benchmarks/calibrate_mrz.py`` tells what they let through)."""

    checked: float
    """Of a character that a check digit covers."""
    blind: float
    """Over characters of which no check digit would notice that they are wrong."""


STILL = Threshold(checked=1.5, blind=6.0)
"""For what one picture says: nobody else speaks against it."""
VOTED = Threshold(checked=1.0, blind=8.0)
"""For what several frames say together."""


def doubts(decoded: Decoded, faded: Mask, threshold: Threshold) -> Mask:
    """Return the places whose character may be another one."""
    close: Mask = decoded.margins < threshold.checked
    return close | (decoded.blind_margins < threshold.blind) | faded
