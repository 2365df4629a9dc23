"""Addresses of saved views."""

from django.urls import path

from wenxi_portal.saved_views.views import own

app_name = "saved_views"
urlpatterns = [
    path("", own.own_list, name="list"),
    path("<int:pk>/", own.change, name="change"),
    path("<int:pk>/new/<int:look>/", own.new, name="new"),
]
