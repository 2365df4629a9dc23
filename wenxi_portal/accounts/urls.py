"""Addresses of one's own account."""

from django.urls import path
from django.views.generic import RedirectView

from wenxi_portal.accounts.views.invitation import InvitationView
from wenxi_portal.accounts.views.me import MyAccountView

app_name = "accounts"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="accounts:me"), name="index"),
    path("me/", MyAccountView.as_view(), name="me"),
    path("invitation/<str:token>/", InvitationView.as_view(), name="invitation"),
]
