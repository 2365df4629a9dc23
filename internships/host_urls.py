"""Addresses of what a host works with, below one's own account."""

from django.urls import path

from internships.views import host_positions

app_name = "host_desk"
urlpatterns = [
    path("positions/", host_positions.positions, name="positions"),
    path("positions/new/", host_positions.new, name="position_new"),
    path("positions/<int:pk>/", host_positions.position, name="position"),
    path("positions/<int:pk>/edit/", host_positions.edit, name="position_edit"),
    path("positions/<int:pk>/<slug:verb>/", host_positions.move, name="position_move"),
]
