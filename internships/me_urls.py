"""Addresses of a student's internships, below one's own account."""

from django.urls import URLPattern

app_name = "my_internships"
urlpatterns: list[URLPattern] = []
