"""Addresses of the money for everybody: policies and public notices."""

from django.urls.resolvers import URLPattern

app_name = "subsidies"
urlpatterns: list[URLPattern] = []
