"""Checks across keys and files, which no single value can fail alone."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.catalogue import Catalogue
from config.hall_profile import Desk, OpeningHours, Zone
from config.report import Problem, did_you_mean
from config.settings import DevicesSection

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check_settings(known: Mapping[str, Any], source: str) -> Iterator[Problem]:
    """What is wrong with a machine's settings against each other.

    Args:
        known: the keys that are right in themselves (`config.valid_keys`); the devices are looked
            at where all of them are right.
        source: what to call the file.
    """
    if known.get("kiosk.ignore_opening_hours") and known.get("kiosk.training") is False:
        yield Problem(
            source,
            "kiosk.ignore_opening_hours",
            "is for training only; set training = true, or leave it out",
        )
    match known.get("devices"):
        case DevicesSection() as devices:
            yield from _check_devices(devices, source)
    total = known.get("backend.total_seconds", math.inf)
    for key in ("backend.connect_seconds", "backend.read_seconds"):
        if known.get(key, 0) > total:
            yield Problem(source, key, "should not be more than total_seconds")


def _check_devices(devices: DevicesSection, source: str) -> Iterator[Problem]:
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


def check_server(halls: Iterable[str], source: str) -> Iterator[Problem]:
    """What is wrong with the halls that a server's settings name."""
    for hall in _repeated(halls):
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


def check_hall(
    known: Mapping[str, Any], catalogue: Catalogue | None, source: str
) -> Iterator[Problem]:
    """What is wrong with a hall's profile against itself and the catalogue.

    Args:
        known: the keys that are right in themselves (`config.valid_keys`).
        catalogue: None where it cannot be used, which is told elsewhere.
        source: what to call the file.
    """
    services, desks, zones = (known.get(key) for key in ("services", "desks", "zones"))
    if "time_zone" in known:
        yield from _check_time_zone(known["time_zone"], source)
    if "languages" in known:
        yield from _check_languages(known["languages"], source)
    if services and desks and catalogue:
        yield from _check_services(services, desks, catalogue, source)
    if zones and desks:
        yield from _check_zones(zones, desks, source)
    if services and desks and catalogue:
        yield from _check_skills(services, desks, catalogue, source)
    if "opening_hours" in known:
        yield from _check_hours(known["opening_hours"], source)


def _check_time_zone(time_zone: str, source: str) -> Iterator[Problem]:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem(
            source,
            "time_zone",
            f"{time_zone!r} is no IANA time zone; use one like 'Asia/Shanghai'",
        )


def _check_languages(languages: Sequence[str], source: str) -> Iterator[Problem]:
    for tag in ("zh", "en"):
        if tag not in languages:
            yield Problem(source, "languages", f"{tag!r} is missing; zh and en are always offered")
    for tag in _repeated(languages):
        yield Problem(source, "languages", f"{tag!r} is listed twice")


def _check_services(
    services: Sequence[str], desks: Sequence[Desk], catalogue: Catalogue, source: str
) -> Iterator[Problem]:
    for service_id in _repeated(services):
        yield Problem(source, "services", f"{service_id!r} is listed twice")
    at_desks = {service_id for desk in desks for service_id in desk.services}
    for service_id in dict.fromkeys(services):
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


def _check_zones(zones: Sequence[Zone], desks: Sequence[Desk], source: str) -> Iterator[Problem]:
    zone_ids = [zone.id for zone in zones]
    for zone_id in _repeated(zone_ids):
        yield Problem(source, "zones", f"the id {zone_id!r} is given twice; ids are unique")
    for desk_id in _repeated(desk.id for desk in desks):
        yield Problem(source, "desks", f"the id {desk_id!r} is given twice; ids are unique")
    for desk in desks:
        if desk.zone not in zone_ids:
            hint = did_you_mean(desk.zone, zone_ids)
            key = f'desks["{desk.id}"].zone'
            yield Problem(source, key, f"there is no zone {desk.zone!r}; {hint}")


def _check_skills(
    services: Sequence[str], desks: Sequence[Desk], catalogue: Catalogue, source: str
) -> Iterator[Problem]:
    for desk in desks:
        key = f'desks["{desk.id}"].services'
        for service_id in _repeated(desk.services):
            yield Problem(source, key, f"{service_id!r} is listed twice")
        for service_id in dict.fromkeys(desk.services):
            if service_id in services:
                continue
            if catalogue.get(service_id) is None:
                hint = did_you_mean(service_id, services)
                text = f"{service_id!r} is not in the catalogue; {hint}"
            else:
                text = f"{service_id!r} is not offered by this hall; add it to services"
            yield Problem(source, key, text)


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
