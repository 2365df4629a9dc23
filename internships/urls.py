"""Public addresses of the internships room."""

from django.urls import path

from internships.views import agreement_link, certificate

app_name = "internships"
urlpatterns = [
    path("agreement/<str:token>/", agreement_link.agreement, name="agreement"),
    path("agreement/<str:token>/paper/", agreement_link.agreement_file, name="agreement_file"),
    path("certificate/", certificate.enter_code, name="enter_code"),
    path("certificate/<str:code>/", certificate.certificate, name="certificate"),
]
