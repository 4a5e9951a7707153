"""What can be wrong with a screen for those who look at it, measured on the real scene."""

import itertools

from PySide6.QtCore import QRectF

from tests.ui.screen_driver import ScreenDriver, Shown, is_touch_target, kind_of

BREATHING_SPACE = 20
"""Pixels that header and footer are kept clear of."""
ROUNDING = 1.5
"""Pixels that a text may stand out for its metrics alone."""
PLATES = ("Card", "Banner", "HintBanner", "TicketPlate", "CameraCard", "ReservationCard")


def layout_problems(screen: ScreenDriver) -> list[str]:
    """Texts that are cut off, leave the screen or their plate, or lie under something."""
    window = QRectF(screen.window.window.contentItem().boundingRect())
    asking = screen.window.view_model.screen_data.countdown_seconds > 0
    obstacles = [] if asking else [shown for shown in screen.visible() if is_obstacle(shown)]
    wrong: list[str] = []
    for text in screen.texts():
        if is_cut_off(text):
            wrong.append(f"{text} is cut off")
        if not inside(text.rect, window):
            wrong.append(f"{text} leaves the screen")
        if leaves_its_plate(text):
            wrong.append(f"{text} leaves its plate")
        wrong += [f"{text} lies under {one}" for one in obstacles if covers(one, text)]
    return wrong


def inside(inner: QRectF, outer: QRectF) -> bool:
    allowed = outer.adjusted(-ROUNDING, -ROUNDING, ROUNDING, ROUNDING)
    return allowed.contains(inner)


def is_cut_off(shown: Shown) -> bool:
    item = shown.item
    too_wide = item.property("contentWidth") > item.width() + ROUNDING
    too_high = item.property("contentHeight") > item.height() + ROUNDING
    return bool(item.property("truncated")) or too_wide or too_high


def leaves_its_plate(shown: Shown) -> bool:
    """Whether a text stands out of the button or card that it is on."""
    return any(
        not inside(shown.rect, plate.mapRectToScene(plate.boundingRect()))
        for plate in shown.ancestors
        if is_touch_target(plate) or kind_of(plate) in PLATES
    )


def is_obstacle(shown: Shown) -> bool:
    return is_touch_target(shown.item) or kind_of(shown.item) in ("Header", "Footer")


def covers(obstacle: Shown, text: Shown) -> bool:
    """Whether a text lies under a button or bar that it is not part of."""
    return obstacle.item not in text.ancestors and obstacle.rect.intersects(text.rect)


CONTENT = (*PLATES, "Badge", "Icon", "Fact", "Checklist", "Pager", "Working", "ReadingStep")
PICTURES = ("PlacementPicture", "PrintingPicture", "TakingPicture", "Badge", "CameraCard")
"""What is within them is drawn one over the other on purpose."""


def content(screen: ScreenDriver) -> list[Shown]:
    """All that a screen shows between header and footer: texts, buttons, plates and pictures."""
    area = screen.screen_item()
    return [
        shown
        for shown in screen.visible()
        if area in shown.ancestors
        and not any(kind_of(above) in PICTURES for above in shown.ancestors)
        and (
            is_touch_target(shown.item)
            or kind_of(shown.item) in (*CONTENT, *PICTURES)
            or (shown.item.inherits("QQuickText") and shown.text)
        )
    ]


def room_problems(screen: ScreenDriver) -> list[str]:
    """What leaves the room between header and footer, and what lies over something else."""
    area = screen.screen_item()
    room = area.mapRectToScene(area.boundingRect())
    room = room.adjusted(0, BREATHING_SPACE, 0, -BREATHING_SPACE)
    shown = content(screen)
    wrong = [f"{one} leaves {room.getRect()}" for one in shown if not inside(one.rect, room)]
    for one, other in itertools.combinations(shown, 2):
        nested = one.item in other.ancestors or other.item in one.ancestors
        if not nested and shrunk(one.rect).intersects(shrunk(other.rect)):
            wrong.append(f"{one} overlaps {other}")
    return wrong


def shrunk(rect: QRectF) -> QRectF:
    return rect.adjusted(ROUNDING, ROUNDING, -ROUNDING, -ROUNDING)
