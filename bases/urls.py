"""Addresses of the bases room."""

from django.urls import URLPattern

app_name = "bases"
urlpatterns: list[URLPattern] = []
