"""Checks across keys and files, which no single value can fail alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.catalogue import Catalogue
from config.hall_profile import HallProfile, OpeningHours
from config.report import Problem, did_you_mean
from config.server_settings import ServerSettings
from config.settings import MachineSettings

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check_settings(settings: MachineSettings, source: str) -> Iterator[Problem]:
    """What is wrong with a machine's settings as a whole."""
    devices = settings.devices
    fitted = devices.fitted()
    for name in devices.required:
        if name not in fitted:
            yield Problem(
                source, f"devices.{name}", "is listed in devices.required, but has no URI; add one"
            )
    if not fitted.keys() - {"printer"}:
        yield Problem(
            source,
            "devices",
            "no document can be read; give chip_reader, id_card_reader or camera a URI",
        )
    for limit in ("connect_seconds", "read_seconds"):
        if getattr(settings.backend, limit) > settings.backend.total_seconds:
            yield Problem(source, f"backend.{limit}", "should not be more than total_seconds")


def check_server(settings: ServerSettings, source: str) -> Iterator[Problem]:
    """What is wrong with a server's settings as a whole."""
    for hall in _repeated(settings.halls):
        yield Problem(source, "halls", f"{hall!r} is listed twice; list each hall once")


def check_catalogue(catalogue: Catalogue, source: str) -> Iterator[Problem]:
    """What is wrong with a catalogue as a whole."""
    for service_id in _repeated(catalogue.ids()):
        yield Problem(source, "services", f"the id {service_id!r} is given twice; ids are unique")
    first_with: dict[str, str] = {}
    for service in catalogue.services:
        other = first_with.setdefault(service.series, service.id)
        if other != service.id:
            yield Problem(
                source,
                f'services["{service.id}"].series',
                f"{service.series!r} is the series of {other!r} already; use another letter",
            )
        key = f'services["{service.id}"].combines'
        if len(service.combines) == 1:
            yield Problem(source, key, "should be two services or more, or none")
        for part in service.combines:
            combined = catalogue.get(part)
            if combined is None:
                hint = did_you_mean(part, catalogue.ids())
                yield Problem(source, key, f"{part!r} is not in the catalogue; {hint}")
            elif combined.combines:
                yield Problem(source, key, f"{part!r} is itself joint; name its parts instead")
        for part in _repeated(service.combines):
            yield Problem(source, key, f"{part!r} is listed twice")


def check_hall(hall: HallProfile, catalogue: Catalogue, source: str) -> Iterator[Problem]:
    """What is wrong with a hall's profile as a whole, and against the catalogue."""
    yield from _check_place(hall, source)
    yield from _check_services(hall, catalogue, source)
    yield from _check_desks(hall, catalogue, source)
    yield from _check_hours(hall.opening_hours, source)


def _check_place(hall: HallProfile, source: str) -> Iterator[Problem]:
    try:
        ZoneInfo(hall.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem(
            source,
            "time_zone",
            f"{hall.time_zone!r} is no IANA time zone; use one like 'Asia/Shanghai'",
        )
    for tag in ("zh", "en"):
        if tag not in hall.languages:
            yield Problem(source, "languages", f"{tag!r} is missing; zh and en are always offered")
    for tag in _repeated(hall.languages):
        yield Problem(source, "languages", f"{tag!r} is listed twice")


def _check_services(hall: HallProfile, catalogue: Catalogue, source: str) -> Iterator[Problem]:
    for service_id in _repeated(hall.services):
        yield Problem(source, "services", f"{service_id!r} is listed twice")
    at_desks = {service_id for desk in hall.desks for service_id in desk.services}
    for service_id in dict.fromkeys(hall.services):
        if catalogue.get(service_id) is None:
            hint = did_you_mean(service_id, catalogue.ids())
            yield Problem(source, "services", f"{service_id!r} is not in the catalogue; {hint}")
        elif service_id not in at_desks:
            yield Problem(
                source,
                "services",
                f"{service_id!r} is offered, but no desk handles it; "
                "add it to a desk or leave it out",
            )


def _check_desks(hall: HallProfile, catalogue: Catalogue, source: str) -> Iterator[Problem]:
    zones = [zone.id for zone in hall.zones]
    for zone_id in _repeated(zones):
        yield Problem(source, "zones", f"the id {zone_id!r} is given twice; ids are unique")
    for desk_id in _repeated(desk.id for desk in hall.desks):
        yield Problem(source, "desks", f"the id {desk_id!r} is given twice; ids are unique")
    for desk in hall.desks:
        key = f'desks["{desk.id}"]'
        if desk.zone not in zones:
            hint = did_you_mean(desk.zone, zones)
            yield Problem(source, f"{key}.zone", f"there is no zone {desk.zone!r}; {hint}")
        for service_id in _repeated(desk.services):
            yield Problem(source, f"{key}.services", f"{service_id!r} is listed twice")
        for service_id in dict.fromkeys(desk.services):
            if service_id in hall.services:
                continue
            if catalogue.get(service_id) is None:
                hint = did_you_mean(service_id, hall.services)
                text = f"{service_id!r} is not in the catalogue; {hint}"
            else:
                text = f"{service_id!r} is not offered by this hall; add it to services"
            yield Problem(source, f"{key}.services", text)


def _check_hours(hours: OpeningHours, source: str) -> Iterator[Problem]:
    open_days = 0
    for weekday in _WEEKDAYS:
        periods = getattr(hours, weekday)
        open_days += bool(periods)
        for index, period in enumerate(periods):
            key = f"opening_hours.{weekday}[#{index + 1}]"
            if period.closes <= period.opens:
                yield Problem(source, key, "closes should be later than opens, on the same day")
            if index and period.opens < periods[index - 1].closes:
                yield Problem(
                    source, key, "begins before the one above ends; put periods in order, apart"
                )
    if not open_days:
        yield Problem(source, "opening_hours", "the hall is never open; give a weekday a period")


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
