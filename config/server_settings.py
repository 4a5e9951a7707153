"""The settings of a hall server, from one TOML file and the environment."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic_settings import SettingsConfigDict

from config.settings import ENVIRONMENT_DELIMITER, FileSettings


class ServerSettings(FileSettings):
    """Everything about one hall server.

    An environment variable ``HALL_SERVER_KEY`` goes before the file.
    """

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        env_prefix="HALL_SERVER_",
        env_nested_delimiter=ENVIRONMENT_DELIMITER,
    )

    halls: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of profiles that come with the kiosk, or paths of profiles; all share one database."""
    catalogue: Path | None = None
    """Another service catalogue than the one that comes with the kiosk."""
    database: Annotated[
        str,
        StringConstraints(pattern=r"^[a-z]+(\+[a-z0-9]+)?://"),
        Field(examples=["sqlite:///hall.sqlite3"]),
    ]
    """URL of the database after SQLAlchemy, e.g. ``sqlite:///hall.sqlite3``."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """0: any free port."""
    token_file: Path | None = None
    """Bearer tokens that are accepted, one a line; None: none is asked for (a closed network)."""
    document_key_file: Path | None = None
    """Secret of the keyed hash of documents, to seed invented reservations."""
