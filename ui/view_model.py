"""What QML sees of the visit: typed properties, and a slot for each thing that a visitor can do."""

# ruff: noqa: N802, N815 -- properties, signals and slots have the names that QML reads

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QDate, QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.visit import events
from kiosk.visit.visit import Visit
from ui.camera_preview import FrameSource, no_camera
from ui.failure_texts import FailureText, translated
from ui.languages import Languages
from ui.presentation.place import Place
from ui.presentation.presenter import present
from ui.presentation.screen import ReservationCard, Screen, ServiceCard, TicketCard
from ui.row_model import RowModel

QML_IMPORT_NAME = "HallKiosk"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_SECONDS = 0.3
"""A second tap of a double tap must not press what has come up under the finger."""
_TOUCH_SECONDS = 1.0
"""How often 'somebody is there' is worth telling."""
_CLOCK_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language to choose, in its own words."""

    tag: str
    name: str
    greeting: str
    codeHint: str
    start: str
    reading: str


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """A reservation to choose, with date and time as the language writes them."""

    reservationId: str
    services: str
    time: str
    date: str
    hall: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service to choose."""

    serviceId: str
    name: str
    summary: str
    loadAsked: bool
    loadKnown: bool
    available: bool
    waitLow: int
    waitHigh: int


_NO_TICKET = TicketCard("", "", "", 0, 0, 0, ())
_SEPARATOR = " · "


def _property(kind: Any, read: Callable[[Any], object], **how: Any) -> Any:
    """A property for QML; typed `Any`, since what `Property` gives is read as what it holds."""
    return Property(kind, read, **how)


def _of_screen(kind: Any, read: Callable[[Screen], object], changed: Signal) -> Any:
    """A property that is read from the screen."""
    return _property(kind, lambda self: read(self.screen_data), notify=changed)


def _of_ticket(kind: Any, read: Callable[[TicketCard], object], changed: Signal) -> Any:
    return _of_screen(kind, lambda screen: read(screen.ticket or _NO_TICKET), changed)


@QmlElement
@QmlUncreatable("The kiosk makes the one view model there is")
class KioskViewModel(QObject):  # type: ignore[operator] # PySide6 types the decorator wrongly
    """The visit as QML shows it. It decides nothing: taps go out through `post`."""

    replaced = Signal()
    """Another screen takes the place of the one before: it is loaded first of all."""
    changed = Signal()
    screenChanged = Signal()
    """All of another screen is in place."""
    languageChanged = Signal()
    clockChanged = Signal()
    _arrived = Signal(object)

    def __init__(
        self,
        place: Place,
        languages: Languages,
        visit: Visit,
        post: Callable[[events.UserEvent], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Show a visit, and take further ones through `show`.

        `clock` are seconds that only grow; `now` is the time of day, with time zone.
        """
        super().__init__()
        self.latest_frame: FrameSource = no_camera
        """Where the live picture comes from (`ui.camera_preview`)."""
        self._place = place
        self._texts = languages
        self._post = post
        self._clock = clock
        self._now = now
        self._last_tap: tuple[float, events.UserEvent | None] = (float("-inf"), None)
        self._appeared_at = float("-inf")
        self._touched_at = float("-inf")
        self._languages = RowModel(LanguageRow, self)
        self._languages.set_rows([self._language_row(tag) for tag in languages.tags])
        self._reservations = RowModel(ReservationRow, self)
        self._services = RowModel(ServiceRow, self)
        self.screen_data = present(visit, place, now())
        self._texts.activate(visit.language)
        self._locale = QLocale(visit.language)
        self._fill_lists()
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._ticking = QTimer(self)
        self._ticking.setInterval(_CLOCK_MILLISECONDS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()
        self._clock_time = ""
        self._tick()

    def show(self, visit: Visit) -> None:
        """Show a visit as it is now; may be called from any thread."""
        self._arrived.emit(visit)

    # -- the frame that all screens share ---------------------------------------------------------

    screen = _of_screen(str, lambda s: str(s.name), screenChanged)
    language = _of_screen(str, lambda s: s.language, languageChanged)
    rightToLeft = _property(
        bool,
        lambda self: self._locale.textDirection() == Qt.LayoutDirection.RightToLeft,
        notify=languageChanged,
    )
    languages = _property(RowModel, lambda self: self._languages, constant=True)
    hallLanguage = _property(str, lambda self: self._texts.tags[0], constant=True)
    hallName = _of_screen(str, lambda s: s.hall_name, changed)
    canCancel = _of_screen(bool, lambda s: s.can_cancel, changed)
    canGoBack = _of_screen(bool, lambda s: s.can_go_back, changed)
    backToDocument = _of_screen(bool, lambda s: s.back_to_document, changed)
    languageOpen = _of_screen(bool, lambda s: s.language_open, changed)
    canCallStaff = _of_screen(bool, lambda s: s.can_call_staff, changed)
    canChangeLanguage = _of_screen(bool, lambda s: s.can_change_language, changed)
    countdownSeconds = _of_screen(int, lambda s: s.countdown_seconds, changed)
    training = _of_screen(bool, lambda s: s.training, changed)
    clockTime = _property(str, lambda self: self._clock_time, notify=clockChanged)
    clockDate = _property(str, lambda self: self._date(self._hall_time()), notify=clockChanged)

    # -- what the screens show --------------------------------------------------------------------

    missing = _of_screen("QStringList", lambda s: sorted(map(str, s.missing)), changed)
    closed = _of_screen(bool, lambda s: s.closed, changed)
    starting = _of_screen(bool, lambda s: s.starting, changed)
    opensAgain = _property(str, lambda self: self._opens_again(), notify=changed)
    hint = _of_screen(str, lambda s: s.hint or "", changed)
    hintText = _property(str, lambda self: self._hint_in(self.screen_data.language), notify=changed)
    otherHintText = _property(str, lambda self: self._other_hint(), notify=changed)
    otherLanguage = _property(
        str, lambda self: self._texts.other(self.screen_data.language), notify=changed
    )
    step = _of_screen(str, lambda s: s.step or "", changed)
    fraction = _of_screen(float, lambda s: s.fraction, changed)
    lying = _of_screen("QStringList", lambda s: sorted(map(str, s.lying)), changed)
    visitorName = _of_screen(str, lambda s: s.visitor_name, changed)
    hasReservation = _of_screen(bool, lambda s: s.reservation is not None, changed)
    reservationServices = _property(
        str,
        lambda self: self._of_reservation(lambda r: _SEPARATOR.join(r.services)),
        notify=changed,
    )
    reservationTime = _property(
        str, lambda self: self._of_reservation(lambda r: _time(r.starts_at)), notify=changed
    )
    reservationDate = _property(
        str, lambda self: self._of_reservation(lambda r: self._date(r.starts_at)), notify=changed
    )
    reservationHall = _property(
        str, lambda self: self._of_reservation(lambda r: r.hall_name), notify=changed
    )
    reservationAddress = _property(
        str, lambda self: self._of_reservation(lambda r: r.hall_address), notify=changed
    )
    checkInOpens = _of_screen(
        str, lambda s: _time(s.check_in_opens) if s.check_in_opens else "", changed
    )
    reservations = _property(RowModel, lambda self: self._reservations, constant=True)
    services = _property(RowModel, lambda self: self._services, constant=True)
    waitsTold = _of_screen(
        bool, lambda s: any(card.load_asked or card.load_known for card in s.services), changed
    )
    chosenServices = _of_screen("QStringList", lambda s: list(s.chosen_services), changed)
    materials = _of_screen("QStringList", lambda s: list(s.materials), changed)
    hasTicket = _of_screen(bool, lambda s: s.ticket is not None, changed)
    ticketNumber = _of_screen(
        str, lambda s: s.ticket.number if s.ticket else s.ticket_number, changed
    )
    ticketDesk = _of_ticket(str, lambda t: t.desk, changed)
    ticketZone = _of_ticket(str, lambda t: t.zone, changed)
    ticketServices = _of_ticket(str, lambda t: _SEPARATOR.join(t.services), changed)
    peopleAhead = _of_ticket(int, lambda t: t.people_ahead, changed)
    waitLow = _of_ticket(int, lambda t: t.wait_low, changed)
    waitHigh = _of_ticket(int, lambda t: t.wait_high, changed)
    failureCode = _of_screen(str, lambda s: s.failure.name if s.failure else "", changed)
    failureTitle = _of_screen(str, lambda s: _failure_text(s).title, changed)
    failureAdvice = _of_screen(str, lambda s: _failure_text(s).advice, changed)
    canRetry = _of_screen(bool, lambda s: s.can_retry, changed)
    canChooseService = _of_screen(bool, lambda s: s.can_choose_service, changed)
    reminded = _of_screen(bool, lambda s: s.reminded, changed)

    # -- what the visitor does --------------------------------------------------------------------

    @Slot()
    def touched(self) -> None:
        """The screen was touched, wherever it was."""
        now = self._clock()
        if now - self._touched_at >= _TOUCH_SECONDS:
            self._touched_at = now
            self._post(events.Touched())

    @Slot()
    def startPressed(self) -> None:
        self._tap(events.StartPressed())

    @Slot(str)
    def languageChosen(self, language: str) -> None:
        self._tap(events.LanguageChosen(language))

    @Slot(str)
    def reservationChosen(self, reservation_id: str) -> None:
        self._tap(events.ReservationChosen(reservation_id))

    @Slot()
    def walkInPressed(self) -> None:
        self._tap(events.WalkInPressed())

    @Slot(str)
    def serviceChosen(self, service_id: str) -> None:
        self._tap(events.ServiceChosen(service_id))

    @Slot()
    def confirmPressed(self) -> None:
        self._tap(events.ConfirmPressed())

    @Slot()
    def backPressed(self) -> None:
        self._tap(events.BackPressed())

    @Slot()
    def retryPressed(self) -> None:
        self._tap(events.RetryPressed())

    @Slot()
    def cancelPressed(self) -> None:
        self._tap(events.CancelPressed())

    @Slot()
    def callStaffPressed(self) -> None:
        self._tap(events.CallStaffPressed())

    @Slot()
    def moreTimePressed(self) -> None:
        self._tap(events.MoreTimePressed())

    @Slot()
    def donePressed(self) -> None:
        self._tap(events.DonePressed())

    @Slot()
    def ticketMissingPressed(self) -> None:
        self._tap(events.TicketMissingPressed())

    # -- inside -----------------------------------------------------------------------------------

    def _tap(self, event: events.UserEvent) -> None:
        now = self._clock()
        tapped_at, last = self._last_tap
        if now - self._appeared_at < SETTLE_SECONDS:
            return
        if event == last and now - tapped_at < SETTLE_SECONDS:
            return
        self._last_tap = (now, event)
        self._post(event)

    def _show(self, visit: Visit) -> None:
        before = self.screen_data
        self.screen_data = present(visit, self._place, self._now())
        if visit.language != before.language:
            self._locale = QLocale(visit.language)
            self._texts.activate(visit.language)
            self.languageChanged.emit()
            self.clockChanged.emit()
        self._fill_lists()
        if (self.screen_data.name, self.asking) != (before.name, before.countdown_seconds > 0):
            self._appeared_at = self._clock()
        if self.screen_data.name != before.name:
            self.replaced.emit()
        self.changed.emit()
        if self.screen_data.name != before.name:
            self.screenChanged.emit()

    @property
    def asking(self) -> bool:
        """Whether 'are you still there?' lies over the screen."""
        return self.screen_data.countdown_seconds > 0

    def _fill_lists(self) -> None:
        self._reservations.set_rows(
            [self._reservation_row(r) for r in self.screen_data.reservations]
        )
        self._services.set_rows([_service_row(card) for card in self.screen_data.services])

    def _language_row(self, tag: str) -> LanguageRow:
        texts = self._texts
        return LanguageRow(
            tag=tag,
            name=texts.name(tag),
            greeting=texts.greeting(tag),
            codeHint=texts.code_hint(tag),
            start=texts.start(tag),
            reading=texts.reading(tag),
        )

    def _reservation_row(self, card: ReservationCard) -> ReservationRow:
        return ReservationRow(
            reservationId=card.id,
            services=_SEPARATOR.join(card.services),
            time=_time(card.starts_at),
            date=self._date(card.starts_at),
            hall=card.hall_name,
        )

    def _hint_in(self, language: str) -> str:
        hint = self.screen_data.hint
        return self._texts.hint(language, hint) if hint else ""

    def _other_hint(self) -> str:
        """The hint in a second language, while nobody knows which one the visitor reads."""
        screen = self.screen_data
        other = self._texts.other(screen.language)
        return self._hint_in(other) if screen.language_open and other != screen.language else ""

    def _of_reservation(self, read: Callable[[ReservationCard], str]) -> str:
        card = self.screen_data.reservation
        return read(card) if card else ""

    def _date(self, moment: datetime) -> str:
        day = QDate(moment.year, moment.month, moment.day)
        return self._locale.toString(day, self._texts.day_format(self.screen_data.language))

    def _opens_again(self) -> str:
        opens = self.screen_data.opens_again
        return f"{self._date(opens)}, {_time(opens)}" if opens else ""

    def _hall_time(self) -> datetime:
        return self._now().astimezone(ZoneInfo(self._place.hall.time_zone))

    def _tick(self) -> None:
        shown = _time(self._hall_time())
        if shown != self._clock_time:
            self._clock_time = shown
            self.clockChanged.emit()


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _failure_text(screen: Screen) -> FailureText:
    if screen.failure is None:
        return FailureText("", "")
    text = translated(screen.failure)
    return FailureText(text.title, "\n".join(filter(None, (screen.failure_place, text.advice))))


def _service_row(card: ServiceCard) -> ServiceRow:
    return ServiceRow(
        serviceId=card.id,
        name=card.name,
        summary=card.summary,
        loadAsked=card.load_asked,
        loadKnown=card.load_known,
        available=card.available,
        waitLow=card.wait_low,
        waitHigh=card.wait_high,
    )
