"""The verbs of the talent room: the only writers."""
