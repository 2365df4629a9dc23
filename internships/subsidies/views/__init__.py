"""Pages of the money for visitors, students and hosts."""
