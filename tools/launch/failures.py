"""What may go wrong while starting, always told in one sentence."""


class LaunchError(Exception):
    """The portal cannot start; the message is one sentence for the person at the keyboard."""
