"""Migrating an empty database without making every model anew for each one that is added.

A step that adds a model lets Django make again all models that hang together with it, and by way of accounts and
organisations that is nearly every one: most of the time of a first start. The tables need only the new model itself.
Django's own mark for such a state ("delayed") is set, so that a step which moves records is still handed models that
were all made afresh.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def only_new_models_are_made() -> Iterator[None]:
    """Let a step that adds a model make that model alone."""
    usual = ProjectState.add_model
    ProjectState.add_model = _add_model  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        ProjectState.add_model = usual  # type: ignore[method-assign]


def _add_model(state: Any, added: ModelState) -> None:
    """Do what Django does (5.2), short of looking for the models that hang together with the new one."""
    key = added.app_label, added.name_lower
    state.models[key] = added
    if state._relations is not None:  # noqa: SLF001 - Django's own way, copied
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({key})  # noqa: SLF001
