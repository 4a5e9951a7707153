"""The service catalogue: what an exit-entry hall can do for a visitor."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.text import LocalizedText

ServiceId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$"), Field(examples=["work-permit"])
]


class Service(BaseModel):
    """One service of the catalogue; halls offer a choice of them by id."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    id: ServiceId
    series: Annotated[str, StringConstraints(pattern=r"^[A-Z]$"), Field(examples=["A"])]
    """Letter in front of the ticket number, e.g. ``A`` for ``A 012``."""
    name: LocalizedText
    summary: LocalizedText
    """One sentence: for whom, and what for."""
    materials: tuple[LocalizedText, ...] = ()
    """What to bring to the desk, in the order in which it is asked for."""
    handling_minutes: Annotated[int, Field(ge=1, le=240)]
    """Typical time at the desk, in minutes."""
    walk_in: bool = True
    """Whether it can be had without a reservation."""
    combines: tuple[ServiceId, ...] = ()
    """For a joint application: the services that one desk handles together."""


class Catalogue(BaseModel):
    """All services, in the order in which they are listed for people."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    services: Annotated[tuple[Service, ...], Field(min_length=1)]

    def get(self, service_id: str) -> Service | None:
        """The service with an id."""
        return next((service for service in self.services if service.id == service_id), None)

    def __getitem__(self, service_id: str) -> Service:
        service = self.get(service_id)
        if service is None:
            raise KeyError(service_id)
        return service

    def ids(self) -> tuple[str, ...]:
        """The ids of all services."""
        return tuple(service.id for service in self.services)
