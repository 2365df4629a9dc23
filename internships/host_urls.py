"""Addresses of what a host works with, below one's own account."""

from django.urls import path

from internships.views import applicants

app_name = "host_desk"
urlpatterns = [
    path("applicants/", applicants.applicants, name="applicants"),
    path("applicants/decide/", applicants.decide_many_at_once, name="decide_many"),
    path("applicants/<int:pk>/", applicants.applicant, name="applicant"),
    path("applicants/<int:pk>/decide/", applicants.decide, name="decide"),
    path("applicants/<int:pk>/contact/", applicants.contact, name="contact"),
]
