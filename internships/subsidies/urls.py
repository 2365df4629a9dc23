"""Addresses of the money for everybody: policies and public notices."""

from django.urls import path
from django.urls.resolvers import URLPattern

from internships.subsidies.views import policies

app_name = "subsidies"
urlpatterns: list[URLPattern] = [
    path("", policies.policies, name="policies"),
    path("calculator/", policies.calculator, name="calculator"),
    path("<slug:scheme>/<int:version>/", policies.policy, name="policy"),
]
