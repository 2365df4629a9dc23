"""What may go wrong while setting up, always told in one sentence."""


class SetUpError(Exception):
    """The set-up cannot go on; the message is one sentence for the person at the keyboard."""
