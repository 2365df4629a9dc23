"""Addresses of a student's internships, below one's own account."""

from django.urls import path

from internships.views import duties, living, recommended, support, window

app_name = "my_internships"
urlpatterns = [
    path("recommended/", recommended.recommended, name="recommended"),
    path("stays/<int:pk>/living/", living.living, name="living"),
    path("stays/<int:pk>/shuttles/<int:run>/take/", living.take_seat, name="take_seat"),
    path("stays/<int:pk>/shuttles/<int:run>/free/", living.free_seat, name="free_seat"),
    path("stays/<int:pk>/activities/", living.activity_list, name="activities"),
    path("stays/<int:pk>/activities/<int:activity>/sign-up/", living.sign_up, name="sign_up"),
    path("stays/<int:pk>/activities/<int:activity>/sign-off/", living.sign_off, name="sign_off"),
    path("stays/<int:pk>/support/", support.support_list, name="support_list"),
    path("stays/<int:pk>/support/ask/", support.ask, name="ask_support"),
    path("support/<int:pk>/", support.support, name="support"),
    path("window/", window.service_list, name="service_list"),
    path("window/<int:pk>/", window.service, name="service"),
    path("window/<int:pk>/papers/", window.add_papers, name="service_papers"),
    path("window/papers/<uuid:identifier>/", window.paper, name="service_paper"),
    path("window/ask/<slug:kind>/", window.ask, name="ask_service"),
    path("driving/", duties.driving, name="driving"),
    path("keeping/", duties.keeping, name="keeping"),
]
