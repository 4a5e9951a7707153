"""The halls that a server serves, as its functions see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from config.catalogue import Catalogue
from config.hall_profile import HallProfile
from kiosk.hall import problems
from kiosk.server.problem import ProblemError


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall's profile, the catalogue, and the hall's own calendar."""

    profile: HallProfile
    catalogue: Catalogue

    @property
    def id(self) -> str:
        """The hall's id."""
        return self.profile.id

    def business_date(self, now: datetime) -> date:
        """The hall's calendar day."""
        return now.astimezone(ZoneInfo(self.profile.time_zone)).date()

    def local(self, moment: datetime) -> datetime:
        """A moment in the hall's own time."""
        return moment.astimezone(ZoneInfo(self.profile.time_zone))


def hall_of(halls: Mapping[str, Hall], hall_id: str) -> Hall:
    """The hall with an id.

    Raises:
        ProblemError: the server does not serve it.
    """
    hall = halls.get(hall_id)
    if hall is None:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, problems.HALL_UNKNOWN, "This server does not serve the hall."
        )
    return hall
