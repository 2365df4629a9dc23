"""How a state looks: a colour, a word and an icon, so that no state is told by colour alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """``tone`` is one of success, accent, warning, muted, info; ``icon`` is a symbol of the icon sheet."""

    tone: str
    icon: str
