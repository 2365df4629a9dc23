"""Operations for migrations that touch many tables at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import pgtrigger.compiler
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AddTriggers(Operation):
    """Add the triggers of many models in one step: ``{model name: [compiled triggers]}``.

    One operation a trigger makes Django build all related models anew for each of them; with a hundred triggers that
    is most of the time a new database takes.
    """

    reversible = True

    def __init__(self, triggers: Mapping[str, Sequence[pgtrigger.compiler.Trigger]]) -> None:
        self.triggers = {name: list(each) for name, each in triggers.items()}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Note the triggers with their models."""
        for name, added in self.triggers.items():
            options = state.models[app_label, name.lower()].options
            options["triggers"] = [*options.get("triggers", []), *added]
        state.reload_models([(app_label, name.lower()) for name in self.triggers], delay=True)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Install them."""
        for trigger in self._all():
            # The statement is complete: without parameters nothing in it is taken for a placeholder.
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take them away."""
        for trigger in self._all():
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        """Say what this does."""
        return f"Create {len(self._all())} triggers on {len(self.triggers)} models"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return how to write this operation into a file."""
        return (self.__class__.__name__, [], {"triggers": self.triggers})

    def _all(self) -> list[pgtrigger.compiler.Trigger]:
        return [trigger for each in self.triggers.values() for trigger in each]
