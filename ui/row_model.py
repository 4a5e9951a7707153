"""A list of plain rows as QML reads it: each field of a row is a role."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtQml import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "HallKiosk"
QML_IMPORT_MAJOR_VERSION = 1

_ROOT = QModelIndex()


@QmlElement
@QmlUncreatable("The view model has the lists")
class RowModel(QAbstractListModel):  # type: ignore[operator] # PySide6 types the decorator wrongly
    """Rows of one dataclass; delegates take each field as a `required property`."""

    countChanged = Signal()  # noqa: N815 -- as QML names the signals of properties

    def __init__(self, row_type: type, parent: QObject | None = None) -> None:
        super().__init__(parent)
        names = [item.name for item in fields(row_type)]
        self._roles = {Qt.ItemDataRole.UserRole + 1 + at: name for at, name in enumerate(names)}
        self._rows: tuple[object, ...] = ()

    def set_rows(self, rows: Sequence[object]) -> None:
        """Show these rows; as many as before keep their delegates, so that nothing flickers."""
        new = tuple(rows)
        if new == self._rows:
            return
        if len(new) == len(self._rows):
            self._rows = new
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()
        self.countChanged.emit()

    def rows(self) -> tuple[object, ...]:
        return self._rows

    def rowCount(  # noqa: N802 -- Qt's name
        self, parent: QModelIndex | QPersistentModelIndex = _ROOT
    ) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        name = self._roles.get(role)
        return None if name is None else getattr(self._rows[index.row()], name)

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802 -- Qt's name
        return {role: QByteArray(name.encode()) for role, name in self._roles.items()}

    count: Any = Property(int, lambda self: len(self._rows), notify=countChanged)
