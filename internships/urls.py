"""Public addresses of the internships room."""

from django.urls import path

from internships.views import window

app_name = "internships"
urlpatterns = [
    path("window/", window.window, name="window"),
]
