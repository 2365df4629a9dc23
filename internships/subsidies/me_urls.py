"""Addresses of a student's claims and account, below one's own account."""

from django.urls.resolvers import URLPattern

app_name = "my_subsidies"
urlpatterns: list[URLPattern] = []
