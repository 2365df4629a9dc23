"""Addresses of the universities' public pages. They lie in this room because they show bases and agreements."""

from django.urls import path

from bases.views import university

app_name = "organisations"
urlpatterns = [
    path("", university.university_list, name="university_list"),
    path("<int:pk>/", university.university_detail, name="university_detail"),
]
