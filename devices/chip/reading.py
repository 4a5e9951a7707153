"""What is asked of a reading, what it tells on its way, and what comes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from devices.chip.access.credentials import Credentials
from devices.chip.guarded_transport import Trace
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Identity, Verdict
from devices.documents.mrz import Mrz


class Step(StrEnum):
    """Where a reading is."""

    CONNECT = "connect"
    ACCESS = "access"
    SECURITY_OBJECT = "securityObject"
    PROVE_CHIP = "proveChip"
    DATA = "data"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One document to read.

    Attributes:
        camera_zone: what the camera read; the chip's MRZ has to be the same.
        data_groups: further ones to read and hand out, e.g. {2, 11}; DG1 is always read.
    """

    credentials: Credentials
    trust: TrustStore
    at: datetime
    camera_zone: Mrz | None = field(default=None, repr=False)
    data_groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a reading took on the line."""

    apdus: int
    bytes_sent: int
    bytes_received: int


@dataclass(frozen=True, slots=True)
class ChipReading:
    """A document that has been read whole.

    Attributes:
        identity: with the proof of everything that was asked.
        access: how the chip was opened, e.g. ``PACE ECDH-GM AES-128``.
        chip_proof: how the chip was proven; empty where it was not.
        zone_matches_camera: unknown where there was no camera.
        data_groups: contents of the data groups that were asked for, exactly as read.
        absent_data_groups: those asked for that the document does not have or does not give.
    """

    identity: Identity
    zone: Mrz
    access: str
    chip_proof: str
    zone_matches_camera: Verdict
    cost: Cost
    issuing_country: str = ""
    signature_algorithm: str = ""
    data_groups: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    absent_data_groups: frozenset[int] = frozenset()


OnStep = Callable[[Step, float], None]
"""Called with the step and how far the reading is in all, 0.0 to 1.0 and never falling."""


def _no_step(_step: Step, _fraction: float) -> None:
    return None


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Hooks:
    """How a caller takes part in a reading."""

    on_step: OnStep = _no_step
    cancelled: Callable[[], bool] = _never
    trace: Trace | None = None
