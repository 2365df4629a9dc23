"""Addresses of what a university liaison works with, below one's own account."""

from django.urls import path

from internships.views import nominations, university_stay

app_name = "university_desk"
urlpatterns = [
    path("students/", university_stay.students, name="students"),
    path("students/<int:pk>/agreement/", university_stay.agreement, name="agreement"),
    path("nominations/", nominations.nominations, name="nominations"),
    path("nominations/add/", nominations.add, name="nominate"),
    path("nominations/sheet/", nominations.upload, name="nomination_sheet"),
    path("nominations/sheet/template/", nominations.template, name="nomination_template"),
    path("nominations/sheet/<int:pk>/", nominations.run, name="nomination_run"),
    path("nominations/<int:pk>/withdraw/", nominations.take_back, name="withdraw_nomination"),
]
