"""The screen: Qt Quick screens, their view models and translations. It decides nothing."""

# PySide6 looks at every module that is imported after it, which pydantic's late imports do not
# survive: it has to be there first.
import pydantic.types as _pydantic_first  # noqa: F401 -- imported for its effect alone
