"""Addresses of a student's internships, below one's own account."""

from django.urls import path

from internships.views import recommended

app_name = "my_internships"
urlpatterns = [
    path("recommended/", recommended.recommended, name="recommended"),
]
