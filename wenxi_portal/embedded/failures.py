"""What may go wrong with the embedded servers, always told in one sentence."""


class EmbeddedError(Exception):
    """An embedded server cannot be started; the message is one sentence for the person at the keyboard."""
