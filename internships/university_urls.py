"""Addresses of what a university liaison works with, below one's own account."""

from django.urls import URLPattern

app_name = "university_desk"
urlpatterns: list[URLPattern] = []
