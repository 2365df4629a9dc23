"""``python -m tests.bench.positions_making 3000``: fictitious positions in the database of the environment."""

import sys

import django

django.setup()

from tests.internships.public_positions import positions  # noqa: E402

if __name__ == "__main__":
    positions(int(sys.argv[1]))
