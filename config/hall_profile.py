"""The profile of one hall: what differs from hall to hall."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from config.catalogue import ServiceId
from config.text import LanguageTag, LocalizedText

HallId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$"), Field(examples=["urban"])
]
DeskId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,3}$"), Field(examples=["12"])]
ZoneId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,2}$"), Field(examples=["A"])]


def _no_number(value: object) -> object:
    # a number would be taken for seconds, which nobody means
    if isinstance(value, int | float):
        raise ValueError(  # noqa: TRY004 -- pydantic reports ValueError, and lets TypeError through
            f"should be a date or a time of day, not {value!r}"
        )
    return value


def _without_zone(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("should be without a zone, in the hall's own time, e.g. 09:00:00")
    return value


LocalTime = Annotated[time, BeforeValidator(_no_number), AfterValidator(_without_zone)]
CalendarDate = Annotated[date, BeforeValidator(_no_number)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class HallKind(StrEnum):
    URBAN = "urban"
    SUBURBAN = "suburban"
    STATION = "station"


class Zone(_Model):
    """A waiting zone of the hall."""

    id: ZoneId
    name: LocalizedText


class Desk(_Model):
    """A desk and the services that it can handle."""

    id: DeskId
    zone: ZoneId
    services: Annotated[tuple[ServiceId, ...], Field(min_length=1)]


class OpenPeriod(_Model):
    """A period of a weekday in which the hall is open, in the hall's own time."""

    opens: LocalTime
    closes: LocalTime


class OpeningHours(_Model):
    """Opening hours per weekday; a weekday without periods is closed."""

    monday: tuple[OpenPeriod, ...] = ()
    tuesday: tuple[OpenPeriod, ...] = ()
    wednesday: tuple[OpenPeriod, ...] = ()
    thursday: tuple[OpenPeriod, ...] = ()
    friday: tuple[OpenPeriod, ...] = ()
    saturday: tuple[OpenPeriod, ...] = ()
    sunday: tuple[OpenPeriod, ...] = ()
    closed_on: tuple[CalendarDate, ...] = ()
    """Holidays on which the hall is closed whatever the weekday."""

    def periods_on(self, day: date) -> tuple[OpenPeriod, ...]:
        """The open periods of a calendar day, in order."""
        if day in self.closed_on:
            return ()
        return (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )[day.weekday()]


_ALL_DAY: Final = (OpenPeriod(opens=time.min, closes=time.max),)
ALWAYS_OPEN: Final = OpeningHours(
    monday=_ALL_DAY,
    tuesday=_ALL_DAY,
    wednesday=_ALL_DAY,
    thursday=_ALL_DAY,
    friday=_ALL_DAY,
    saturday=_ALL_DAY,
    sunday=_ALL_DAY,
)
"""For kiosks on which people train or try things out."""


class AppointmentWindow(_Model):
    """When a reservation may be checked in, around its time."""

    early_minutes: Annotated[int, Field(ge=0, le=240)] = 30
    late_minutes: Annotated[int, Field(ge=0, le=240)] = 15


class HallProfile(_Model):
    """Everything about one hall that its kiosks and its server need to know."""

    id: HallId
    kind: HallKind
    name: LocalizedText
    address: LocalizedText
    time_zone: str = "Asia/Shanghai"
    """IANA time zone of the hall."""
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=2)]
    """Languages of the screen, in the order in which they are offered; zh and en are among them."""
    services: Annotated[tuple[ServiceId, ...], Field(min_length=1)]
    """Services of the catalogue that this hall offers, in the order of the screen."""
    zones: Annotated[tuple[Zone, ...], Field(min_length=1)]
    desks: Annotated[tuple[Desk, ...], Field(min_length=1)]
    opening_hours: OpeningHours
    appointments: AppointmentWindow = AppointmentWindow()
    citizens_go_to: LocalizedText
    """Where holders of a citizen's or J card are sent, since this hall serves foreigners."""
