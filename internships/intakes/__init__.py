"""How rows of sheets become records of this room."""
