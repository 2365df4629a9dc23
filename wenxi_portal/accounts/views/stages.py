"""Stations on the way in that differ from the sign-in library's own."""

from allauth.account import stages
from django.http import HttpResponse


class EmailVerificationStage(stages.EmailVerificationStage):
    """Asks for the code sent by e-mail, but only of people who gave an e-mail address."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Let pass who signs in by mobile alone: the mobile number has been verified one station earlier."""
        user = self.login.user
        if user is not None and not user.email:
            return None, True
        return super().handle()
