"""Public addresses of the talent room. Public pages never show a person."""

from django.urls import path

from talent.views import calendar, register, self_check

app_name = "talent"
urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/code/", register.confirm, name="register_code"),
    path("register/done/", register.done, name="register_done"),
    path("still-correct/<str:token>/", self_check.self_check, name="self_check"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
]
