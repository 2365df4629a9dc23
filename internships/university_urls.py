"""Addresses of what a university liaison works with, below one's own account."""

from django.urls import path

from internships.views import university_stay

app_name = "university_desk"
urlpatterns = [
    path("students/", university_stay.students, name="students"),
    path("students/<int:pk>/agreement/", university_stay.agreement, name="agreement"),
]
