"""The one-way import rule, checked on the syntax trees of all modules; nothing is imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LAYERS = ("config", "devices", "kiosk", "ui")
"""Each may import what stands before it, and itself."""

QT = {"PySide6", "shiboken6", "PyQt5", "PyQt6", "PySide2"}

FRAMEWORK = {"command", "event", "status", "worker", "registry", "driver", "docket", "failure"}
"""Modules of `devices` itself that `kiosk` may use; what drives hardware lies deeper."""

IO_MODULES = {
    *("asyncio", "concurrent", "ctypes", "fcntl", "http", "logging", "mmap", "multiprocessing"),
    *("os", "pathlib", "pty", "random", "secrets", "select", "selectors", "shutil", "signal"),
    *("socket", "socketserver", "sqlite3", "ssl", "subprocess", "tempfile", "termios", "threading"),
    *("queue", "sched", "time", "tty", "urllib.request", "uuid"),
    *("cv2", "escpos", "fastapi", "requests", "serial", "smartcard", "sqlalchemy", "usb"),
    *("uvicorn", "zxingcpp", "httpx", "PIL"),
}
"""What reaches out of the program, or depends on when and where it runs."""

NOT_DRIVING = {
    *("logging", "os", "pathlib", "queue", "random", "sched", "secrets", "shutil", "tempfile"),
    *("time", "uuid", "PIL", "zxingcpp", "sqlite3"),
}
"""What of `IO_MODULES` a module of `devices` may use without being a driver: files, the clock."""

DRIVING = IO_MODULES - NOT_DRIVING
"""What drivers and simulators work with: ports, sockets, threads, processes."""

IO_CALLS = {"open", "input", "print"}

ALSO_ALLOWED = {
    "kiosk.visit": frozenset[str](),
    # Documents are read from data files and drawn in memory.
    "devices.documents": frozenset({"pathlib", "PIL", "zxingcpp"}),
}
"""The pure parts of the program, and what of `IO_MODULES` they may use all the same."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import as it stands in a module."""

    module: str
    """The importing module, e.g. ``kiosk.visit.visit``."""
    target: str
    """The imported module; for ``from a import b`` both ``a`` and ``a.b`` are looked at."""
    names: tuple[str, ...]
    line: int
    lazy: bool
    """Inside a function, so that it costs nothing before it is needed."""


@dataclass(frozen=True, slots=True)
class Violation:
    module: str
    line: int
    rule: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.rule}"


class Tree:
    """All modules below a root folder that belong to the four packages."""

    def __init__(self, root: Path) -> None:
        self.modules: dict[str, ast.Module] = {}
        for layer in LAYERS:
            for path in sorted((root / layer).rglob("*.py")):
                parts = path.relative_to(root).with_suffix("").parts
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                self.modules[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
        self._packages = {
            ".".join(path.parent.relative_to(root).parts)
            for layer in LAYERS
            for path in (root / layer).rglob("__init__.py")
        }

    def imports(self, module: str) -> list[Import]:
        return list(self._imports(module, self.modules[module], lazy=False))

    def targets(self, found: Import) -> Iterator[str]:
        """The modules that an import loads, seen from the rules."""
        submodules = [f"{found.target}.{name}" for name in found.names]
        modules = [name for name in submodules if name in self.modules]
        yield from modules
        if len(modules) < len(found.names) or not found.names:
            yield found.target

    def _imports(self, module: str, node: ast.AST, *, lazy: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            inner = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(module, alias.name, (), child.lineno, inner)
            elif isinstance(child, ast.ImportFrom):
                target = self._absolute(module, child)
                names = tuple(alias.name for alias in child.names)
                yield Import(module, target, names, child.lineno, inner)
            elif isinstance(child, ast.Call) and (name := _imported_by_name(child)):
                yield Import(module, name, (), child.lineno, inner)
            yield from self._imports(module, child, lazy=inner)

    def _absolute(self, module: str, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        base = module.split(".")
        up = node.level - (module in self._packages)
        return ".".join(base[: len(base) - up] + ([node.module] if node.module else []))


def _imported_by_name(call: ast.Call) -> str | None:
    """The module in ``importlib.import_module("...")`` or ``__import__("...")``."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in {"import_module", "__import__"} and call.args:
        argument = call.args[0]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return argument.value
    return None


def violations(root: Path) -> list[Violation]:
    """Every import below `root` that goes against the rules, in the order of the modules."""
    tree = Tree(root)
    found: list[Violation] = []
    for module in tree.modules:
        for imported in tree.imports(module):
            for target in tree.targets(imported):
                rule = _broken_rule(tree, imported, target)
                if rule:
                    found.append(Violation(module, imported.line, rule))
        if _pure_part(module):
            found += _io_calls(tree, module)
    return found


def _broken_rule(tree: Tree, imported: Import, target: str) -> str | None:
    module, top = imported.module, target.partition(".")[0]
    layer = module.partition(".")[0]
    if top in QT and layer != "ui":
        return f"only ui imports {top}"
    if top in {"tests", "benchmarks"}:
        return f"the product does not import {top}"
    if top in LAYERS:
        if LAYERS.index(top) > LAYERS.index(layer) and not _puts_together(imported):
            return f"{layer} does not import {top}: imports run config <- devices <- kiosk <- ui"
        if layer == "kiosk" and top == "devices" and not _kiosk_may(tree, imported, target):
            return f"kiosk imports contracts of devices, not {target}"
        inside = "devices.documents"
        if module.startswith(inside) and top == "devices" and not target.startswith(inside):
            return f"{inside} knows no device, so not {target}"
        if _pure_part(module) == "kiosk.visit" and _reaches(IO_MODULES, tree, target):
            return f"kiosk.visit is pure, but {target} is not"
    elif (part := _pure_part(module)) and _is_one_of(IO_MODULES - ALSO_ALLOWED[part], target):
        return f"{part} is pure: no {target}"
    return None


def _puts_together(imported: Import) -> bool:
    """The command line is the one place where everything is put together."""
    return imported.module == "kiosk.__main__" and imported.lazy


def _kiosk_may(tree: Tree, imported: Import, target: str) -> bool:
    parts = imported.module.split(".")
    if imported.lazy and (parts[-1] == "__main__" or parts[-1].endswith("commands")):
        return True
    below = target.split(".")[1:]
    if not below or below[0] == "documents":
        return True
    if len(below) == 1:
        return below[0] in FRAMEWORK
    return below[-1] == "contract" or not _reaches(DRIVING, tree, target)


def _trusted(module: str) -> bool:
    """What counts as data although it may read files: settings, documents, the framework."""
    parts = module.split(".")
    return (
        parts[0] == "config"
        or parts[:2] == ["devices", "documents"]
        or (parts[0] == "devices" and (len(parts) == 1 or parts[1] in FRAMEWORK))
    )


def _reaches(banned: set[str], tree: Tree, module: str, seen: set[str] | None = None) -> bool:
    """Whether a module, or anything that it imports, uses one of the banned modules."""
    seen = set() if seen is None else seen
    if module in seen or _trusted(module):
        return False
    seen.add(module)
    if module not in tree.modules:
        return True
    for imported in tree.imports(module):
        for target in tree.targets(imported):
            if target.partition(".")[0] in LAYERS:
                if _reaches(banned, tree, target, seen):
                    return True
            elif _is_one_of(banned, target):
                return True
    return False


def _pure_part(module: str) -> str | None:
    """The part of the program that a module belongs to, if that part does no I/O.

    The visit's runner, which performs the effects, is the one module beside the pure ones.
    """
    if module == "kiosk.visit.runner" or module.startswith("kiosk.visit.runner."):
        return None
    for part in ALSO_ALLOWED:
        if module == part or module.startswith(part + "."):
            return part
    return None


def _is_one_of(modules: set[str], target: str) -> bool:
    """Whether the target is one of the modules, or lies within one."""
    parts = target.split(".")
    return any(".".join(parts[: n + 1]) in modules for n in range(len(parts)))


def _io_calls(tree: Tree, module: str) -> Iterator[Violation]:
    for node in ast.walk(tree.modules[module]):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in IO_CALLS:
            yield Violation(module, node.lineno, f"{_pure_part(module)} is pure: no {name}()")
