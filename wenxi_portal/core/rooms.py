"""Modules that a room may have, found by name: each room declares its own share, nobody keeps a list of the rooms."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@cache
def modules_called(name: str) -> tuple[ModuleType, ...]:
    """Import and return the module ``name`` (``sheets``, ``admin.today``) of each application that has one.

    The order is that of INSTALLED_APPS. Libraries are asked too: whoever reads a module takes what it declares, if any.
    """
    paths = [f"{config.name}.{name}" for config in apps.get_app_configs()]
    return tuple(import_module(path) for path in paths if _is_package(path.rpartition(".")[0]) and find_spec(path))


def _is_package(path: str) -> bool:
    spec = find_spec(path)
    return spec is not None and spec.submodule_search_locations is not None
