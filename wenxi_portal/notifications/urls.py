"""Addresses of the inbox."""

from django.urls import path

from wenxi_portal.notifications.views import inbox
from wenxi_portal.notifications.views.preferences import PreferencesView

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("preferences/", PreferencesView.as_view(), name="preferences"),
    path("read-all/", inbox.read_all, name="read_all"),
    path("<int:pk>/read/", inbox.read, name="read"),
]
