"""Addresses of a host's confirmations, below one's own account."""

from django.urls import path

from internships.subsidies.views import host_claims

app_name = "host_subsidies"
urlpatterns = [
    path("", host_claims.claims, name="claims"),
    path("<int:pk>/", host_claims.claim, name="claim"),
]
