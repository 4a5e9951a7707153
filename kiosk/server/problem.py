"""Errors that go to the client as problem details (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"


class ProblemError(Exception):
    """A request that is answered with a problem; it is raised wherever it is found."""

    def __init__(
        self,
        status: HTTPStatus,
        problem_type: str,
        title: str,
        *,
        retry_after: int | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        """Describe the problem.

        Args:
            status: status of the answer.
            problem_type: one of `kiosk.hall.problems`.
            title: one sentence, the same for every occurrence of the type, without personal data.
            retry_after: seconds after which to ask again.
            members: further members of the problem, as JSON values.
        """
        super().__init__(title)
        self.status = status
        self.problem_type = problem_type
        self.title = title
        self.retry_after = retry_after
        self.members = dict(members or {})

    def body(self) -> dict[str, Any]:
        """The problem as a JSON object."""
        return {
            "type": self.problem_type,
            "title": self.title,
            "status": self.status.value,
            **self.members,
        }

    def headers(self) -> dict[str, str]:
        """Headers that belong to the answer."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
