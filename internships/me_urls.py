"""Addresses of a student's internships, below one's own account."""

from django.urls import path

from internships.views import stay

app_name = "my_internships"
urlpatterns = [
    path("stays/", stay.stays, name="stays"),
    path("stays/<int:pk>/", stay.stay, name="stay"),
    path("stays/<int:pk>/agreement/", stay.agreement, name="stay_agreement"),
    path("stays/<int:pk>/agreement/paper/", stay.agreement_file, name="stay_agreement_file"),
    path("stays/<int:pk>/note/", stay.note, name="stay_note"),
    path("stays/<int:pk>/feedback/", stay.feedback, name="stay_feedback"),
    path("stays/<int:pk>/certificate/", stay.certificate_file, name="stay_certificate"),
    path("sheets/<int:pk>/", stay.sheet, name="sheet"),
]
