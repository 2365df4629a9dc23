"""Addresses of a host's confirmations, below one's own account."""

from django.urls.resolvers import URLPattern

app_name = "host_subsidies"
urlpatterns: list[URLPattern] = []
