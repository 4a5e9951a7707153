"""What the services that a visitor asks for need of a desk."""

from dataclasses import dataclass

from config.catalogue import Catalogue
from config.hall_profile import HallProfile


class NotOfferedError(Exception):
    """The hall does not offer these services, or no one of its desks handles them together."""


@dataclass(frozen=True, slots=True)
class Handling:
    """How one ticket is handled: at one desk, whatever the number of services."""

    service_ids: tuple[str, ...]
    """As they were asked for."""
    needs: frozenset[str]
    """What a desk must be able to do, all of it."""
    series: str
    minutes: int
    walk_in: bool


def handling(service_ids: tuple[str, ...], hall: HallProfile, catalogue: Catalogue) -> Handling:
    """How services are handled in a hall.

    Several services are a joint application: the joint service that combines just these where the
    hall offers one, else a desk that does each of them.

    Raises:
        NotOfferedError: with the reason.
    """
    wanted = frozenset(service_ids)
    if not wanted or len(wanted) < len(service_ids):
        raise NotOfferedError("name each service once, and at least one")
    joint = next(
        (
            service
            for service in catalogue.services
            if service.id in hall.services and frozenset(service.combines) == wanted
        ),
        None,
    )
    if joint is not None:
        found = Handling(
            service_ids,
            frozenset({joint.id}),
            joint.series,
            joint.handling_minutes,
            joint.walk_in,
        )
    else:
        unknown = sorted(wanted - set(hall.services))
        if unknown:
            raise NotOfferedError(f"this hall does not offer {', '.join(unknown)}")
        services = [catalogue[service_id] for service_id in service_ids]
        found = Handling(
            service_ids,
            wanted,
            services[0].series,
            sum(service.handling_minutes for service in services),
            all(service.walk_in for service in services),
        )
    if not any(found.needs <= set(desk.services) for desk in hall.desks):
        raise NotOfferedError("no desk of this hall handles these services together")
    return found
