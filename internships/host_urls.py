"""Addresses of what a host works with, below one's own account."""

from django.urls import URLPattern

app_name = "host_desk"
urlpatterns: list[URLPattern] = []
