"""Addresses of a student's internships, below one's own account."""

from django.urls import path

from internships.views import apply, my_applications, my_papers, profile

app_name = "my_internships"
urlpatterns = [
    path("", my_applications.home, name="home"),
    path("profile/", profile.start, name="profile"),
    path("profile/<slug:step>/", profile.step, name="profile_step"),
    path("papers/", my_papers.papers, name="papers"),
    path("apply/<int:pk>/", apply.apply, name="apply"),
    path("applications/<int:pk>/", my_applications.application, name="application"),
    path("applications/<int:pk>/answer/", my_applications.answer, name="answer"),
    path("nominations/<int:pk>/answer/", my_applications.answer_nomination, name="answer_nomination"),
]
