"""Everything the internships room shows in a demonstration, area by area."""

from internships.services.demo_positions import make_demo_positions


def load_demo_internships(*, published: bool) -> int:
    """Make the sample records of this room that are missing; return how many positions were made.

    ``published`` False keeps them behind the scenes.
    """
    return make_demo_positions(published=published)
