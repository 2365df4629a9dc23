"""``make run``: the portal in one foreground command, and everything ended with it."""
