"""`python -m ui.lint`: Qt's own linter over all QML.

It knows C++ types from `.qmltypes` files. Ours are written from the meta-objects of the
Python classes each time, so that they cannot go out of date.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMetaMethod, QMetaObject, QMetaProperty

from ui.camera_preview import CameraPreview
from ui.demo.panel import DemoPanel
from ui.row_model import RowModel
from ui.translations.qt_tools import ToolError, run_tool
from ui.view_model import KioskViewModel

_UI: Final = Path(__file__).parent
_MODULE: Final = "HallKiosk"
_CREATABLE: Final[dict[Any, bool]] = {
    KioskViewModel: False,
    RowModel: False,
    CameraPreview: True,
    DemoPanel: False,
}


def lint() -> str:
    """Check all QML files; return what the linter said of them, which is nothing where all is well.

    Raises:
        ToolError: with what it said, where it has found anything.
    """
    files = sorted([*_UI.glob("*.qml"), *_UI.glob("*/*.qml")])
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / _MODULE
        module.mkdir()
        (module / "qmldir").write_text(
            f"module {_MODULE}\ntypeinfo {_MODULE}.qmltypes\ndepends QtQuick\n"
        )
        (module / f"{_MODULE}.qmltypes").write_text(qmltypes())
        return run_tool("qmllint", "-I", folder, "--max-warnings", "0", *files)


def qmltypes() -> str:
    """Describe our Python types as qmllint wants to know them."""
    parts = "".join(
        _component(kind.staticMetaObject, creatable=creatable)
        for kind, creatable in _CREATABLE.items()
    )
    return f"import QtQuick.tooling 1.2\nModule {{\n{parts}}}\n"


def _component(meta: QMetaObject, *, creatable: bool) -> str:
    base = meta.superClass().className()
    lines = [
        f'name: "{meta.className()}"',
        f'prototype: "{base}"',
        'accessSemantics: "reference"',
        f'exports: ["{_MODULE}/{meta.className()} 1.0"]',
        f"isCreatable: {str(creatable).lower()}",
        "exportMetaObjectRevisions: [256]",
        *map(_property, map(meta.property, range(meta.propertyOffset(), meta.propertyCount()))),
        *map(_method, map(meta.method, range(meta.methodOffset(), meta.methodCount()))),
    ]
    return "    Component {\n" + "".join(f"        {line}\n" for line in lines) + "    }\n"


def _property(item: QMetaProperty) -> str:
    # The stubs say that the names are bytes.
    name, kind = str(item.name()), str(item.typeName())
    pointer = "; isPointer: true" if kind.endswith("*") else ""
    return (
        f'Property {{ name: "{name}"; type: "{kind.rstrip("*")}"{pointer}; '
        f'isReadonly: {str(not item.isWritable()).lower()}; notify: "{_notify(item)}"; '
        f"isConstant: {str(item.isConstant()).lower()} }}"
    )


def _notify(item: QMetaProperty) -> str:
    return bytes(item.notifySignal().name().data()).decode()


def _method(method: QMetaMethod) -> str:
    kind = "Signal" if method.methodType() == QMetaMethod.MethodType.Signal else "Method"
    return f'{kind} {{ name: "{_name(method)}"{"".join(_parameters(method))} }}'


def _name(method: QMetaMethod) -> str:
    return bytes(method.name().data()).decode()


def _parameters(method: QMetaMethod) -> Iterator[str]:
    for at, kind in enumerate(method.parameterTypes()):
        yield f'; Parameter {{ name: "argument{at}"; type: "{bytes(kind.data()).decode()}" }}'


def main() -> int:
    try:
        output = lint()
    except ToolError as error:
        print(error, file=sys.stderr)  # noqa: T201 -- this is a command
        return 1
    print(output or "the QML is clean", end="\n")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
