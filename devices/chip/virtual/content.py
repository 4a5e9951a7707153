"""What is in a virtual chip: its files and its secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from devices.chip.access.credentials import CanCredentials, MrzCredentials
from devices.chip.crypto.domain_parameters import DomainParameters


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A static private key of the chip."""

    parameters: DomainParameters
    private: int = field(repr=False)
    key_id: int | None = None


@dataclass(frozen=True, slots=True)
class CardContent:
    """A personalised chip.

    Attributes:
        master_files: contents of the master file's elementary files by file identifier, e.g.
            EF.CardAccess 011C and EF.CardSecurity 011D.
        application_files: those of the eMRTD application: data groups, EF.COM, EF.SOD.
        chip_authentication_keys: one for each entry of the specification's list, in its order.
        mapping_key: the static key of PACE-CAM; its public key is in EF.CardSecurity.
        active_authentication_key: the private key to DG15; an elliptic curve key as `ChipKey`.
    """

    master_files: Mapping[int, bytes]
    application_files: Mapping[int, bytes]
    mrz: MrzCredentials
    can: CanCredentials | None = None
    chip_authentication_keys: tuple[ChipKey, ...] = ()
    mapping_key: ChipKey | None = None
    active_authentication_key: RSAPrivateKey | ChipKey | None = field(default=None, repr=False)
