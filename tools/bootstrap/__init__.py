"""From a bare Python to a portal that can start. Standard library only: nothing is installed yet."""
