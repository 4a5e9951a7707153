"""The settings of one machine, from one TOML file and the environment."""

from enum import IntEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

ENVIRONMENT_PREFIX = "HALL_KIOSK_"
ENVIRONMENT_DELIMITER = "__"

DeviceUri = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9+.\-]*:.*$"),
    Field(examples=["tcp://192.0.2.7:9100"]),
]
"""A device as scheme and address, e.g. ``pcsc:``; which schemes there are, the drivers know."""
DeviceName = Literal["chip_reader", "id_card_reader", "camera", "printer"]
Seconds = Annotated[float, Field(gt=0, le=3600)]
MAX_COPIES = 3
"""A ticket is printed again at most this often, by whomever; after that staff issue a new one."""


class PaperWidth(IntEnum):
    """Width of receipt paper in mm."""

    MM_80 = 80
    MM_58 = 58


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class KioskSection(_Section):
    """What this machine is, and where it stands."""

    id: Annotated[
        str,
        StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$"),
        Field(examples=["urban-1"]),
    ]
    """Name of this machine among the kiosks of the hall, e.g. ``urban-1``."""
    hall: Annotated[str, StringConstraints(min_length=1)]
    """Id of a profile that comes with the kiosk, or path of a profile (``.toml``)."""
    catalogue: Path | None = None
    """Another service catalogue than the one that comes with the kiosk."""
    paper: PaperWidth = PaperWidth.MM_80
    orientation: Literal["portrait", "landscape"] = "portrait"
    training: bool = False
    """Everything works, and every screen and ticket says that it is for training only."""
    ignore_opening_hours: bool = False
    """Open at any hour, to try things out or to train after work; with `training` only."""


class DevicesSection(_Section):
    """The devices as URIs; None: not fitted."""

    chip_reader: DeviceUri | None = None
    id_card_reader: DeviceUri | None = None
    camera: DeviceUri | None = None
    printer: DeviceUri
    """Always there: a kiosk prints tickets."""
    required: tuple[DeviceName, ...] = ("printer",)
    """Devices without which the kiosk is out of service; it does without the others."""

    def fitted(self) -> dict[DeviceName, str]:
        """The URI of every device that is fitted."""
        names: tuple[DeviceName, ...] = ("chip_reader", "id_card_reader", "camera", "printer")
        return {name: uri for name in names if (uri := getattr(self, name)) is not None}


class BackendSection(_Section):
    """The hall server, and the secrets shared with it."""

    url: Annotated[
        str,
        StringConstraints(pattern=r"^https?://[^\s/?#]+[^\s?#]*$"),
        Field(examples=["https://hall.example/"]),
    ]
    """Base address, e.g. ``https://hall.example/``; the paths of the API are below it."""
    connect_seconds: Seconds = 2
    read_seconds: Seconds = 4
    """Longest silence while an answer comes."""
    total_seconds: Seconds = 8
    """For a request with all its retries; a server that drips bytes does not get more."""
    document_key_file: Path
    """Secret of the keyed hash that identifies documents; the same as the hall server's."""
    ticket_key_file: Path | None = None
    """Key that signs the code on the ticket (`hall-kiosk ticket keygen`); None: no code on it."""
    token_file: Path | None = None
    """Bearer token of this kiosk; None: the hall server asks for none."""
    ca_file: Path | None = None
    """Certificates (PEM) that the server's is signed with; None: the public ones."""


class TimeoutsSection(_Section):
    """How long the visit waits for people and devices, in seconds."""

    idle_seconds: Seconds = 60
    """Without a touch, until the countdown starts."""
    countdown_seconds: Seconds = 10
    """Countdown in which any touch gives more time; then the visit ends and is wiped."""
    read_document_seconds: Seconds = 20
    print_seconds: Seconds = 20
    show_ticket_seconds: Seconds = 20
    take_document_seconds: Seconds = 30
    """Until a document left behind makes the kiosk call staff."""


class TicketsSection(_Section):
    """What may be printed."""

    copies_by_visitor: Annotated[int, Field(ge=0, le=MAX_COPIES)] = 1
    """Copies a visitor may print who did not get the ticket; staff may print more."""


class ReservationsSection(_Section):
    """Which reservation codes are taken (docs/reservation-qr.md)."""

    keys: tuple[Path, ...] = ()
    """Public keys (PEM) of those who sign reservation codes; none: unsigned codes are taken."""
    accept_unsigned: bool = False
    """With keys, take unsigned codes nevertheless: while older confirmations are still about."""


class PathsSection(_Section):
    """Where the machine keeps what must outlive a power cut."""

    journal: Path


class TrustSection(_Section):
    """Whom the kiosk trusts to have signed documents."""

    stores: tuple[Path, ...] = ()
    """Folders or files with CSCA certificates and master lists."""


class FileSettings(BaseSettings):
    """Settings of one file, its values given as arguments; the environment goes before them."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 -- the signature is given
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the signature is given
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the signature is given
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then what was read from the file."""
        return env_settings, init_settings


class MachineSettings(FileSettings):
    """Everything about one machine. Paths are as they were written: `config.loading` resolves them.

    An environment variable ``HALL_KIOSK_SECTION__KEY`` goes before the file.
    """

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter=ENVIRONMENT_DELIMITER,
    )

    kiosk: KioskSection
    devices: DevicesSection
    backend: BackendSection
    timeouts: TimeoutsSection = TimeoutsSection()
    tickets: TicketsSection = TicketsSection()
    reservations: ReservationsSection = ReservationsSection()
    paths: PathsSection
    trust: TrustSection = TrustSection()
