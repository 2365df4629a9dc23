"""Addresses of signing in, under the names that the sign-in library gives them.

Ours stand first and take the place of the library's.
"""

from django.urls import include, path
from django.views.generic import RedirectView

from wenxi_portal.accounts.views.sign_in import CodeSignInView, ConfirmCodeView, PasswordSignInView, SignUpView

urlpatterns = [
    path("login/", CodeSignInView.as_view(), name="account_login"),
    path("login/password/", PasswordSignInView.as_view(), name="account_password_login"),
    path(
        "login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_request_login_code",
    ),
    path("login/code/confirm/", ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("signup/", SignUpView.as_view(), name="account_signup"),
    path("", include("allauth.account.urls")),
    path("second-step/", include("allauth.mfa.urls")),
]
