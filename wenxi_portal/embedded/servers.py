"""Both embedded servers of one data folder, started and stopped together."""

from pathlib import Path

from wenxi_portal.embedded import ground, postgresql, state, valkey
from wenxi_portal.embedded.processes import ProcessMark
from wenxi_portal.embedded.state import ServersState


def start(
    var: Path, *, database: bool = True, broker: bool = True, durable: bool = True, owner: ProcessMark | None = None
) -> ServersState:
    """Start the servers asked for that do not run yet.

    ``owner`` is the process that will stop them. Servers left over by an owner that died are ended first;
    ``durable=False`` trades safety for speed, for servers that are thrown away. Raises ``EmbeddedError``.
    """
    with state.locked(var):
        if is_orphaned(state.read(var)):
            _stop(var)
        state.update(var, owner=owner or state.read(var).owner)
        if database and not state.read(var).postgresql.is_alive():
            postgresql.start(var, durable=durable)
        if broker and not state.read(var).valkey.is_alive():
            valkey.start(var, durable=durable)
        return state.read(var)


def stop(var: Path) -> None:
    """Stop the servers of this data folder; none running is fine."""
    if not (var / state.FILE_NAME).exists():
        return
    with state.locked(var):
        _stop(var)


def erase(var: Path) -> None:
    """Stop the servers and remove their data, wherever it lies; the data folder itself stays."""
    stop(var)
    ground.erase(var)


def is_orphaned(found: ServersState) -> bool:
    """Tell whether the servers ran for a process that has ended without stopping them."""
    return found.owner is not None and not found.owner.is_alive()


def _stop(var: Path) -> None:
    """Stop what is recorded; the ports stay remembered for the next start."""
    found = state.read(var)
    valkey.stop(found.valkey)
    postgresql.stop(found.postgresql)
    state.update(
        var,
        postgresql=state.ServerState(found.postgresql.port),
        valkey=state.ServerState(found.valkey.port),
        owner=None,
    )
