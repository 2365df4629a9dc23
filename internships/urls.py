"""Public addresses of the internships room."""

from django.urls import URLPattern

app_name = "internships"
urlpatterns: list[URLPattern] = []
