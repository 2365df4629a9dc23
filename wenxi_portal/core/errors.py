"""The one error a rule of the domain may raise, and the one of somebody being quicker."""


class DomainError(Exception):
    """A rule refuses the action; the message is for the person who asked and says what to do.

    ``code`` names the rule for tests and logs, ``field`` the form field it belongs to (empty: the whole form).
    """

    def __init__(self, message: str, *, code: str = "refused", field: str = "") -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.code = code
        self.field = field


class BusyError(Exception):
    """Somebody else holds, for a moment, what is needed: nothing is wrong, and the same may be tried again."""
