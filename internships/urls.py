"""Addresses of the internships room for everybody."""

from django.urls import path

from internships.views import (
    agreement_link,
    certificate,
    nomination_link,
    position_calendar,
    position_data,
    position_detail,
    position_list,
    position_picture,
    student_papers,
    window,
)

app_name = "internships"
urlpatterns = [
    path("", position_list.position_list, name="position_list"),
    path("data.<slug:ending>", position_data.download, name="position_data"),
    path("<int:pk>/", position_detail.position_detail, name="position"),
    path("<int:pk>/calendar.ics", position_calendar.position_calendar, name="position_calendar"),
    path("<int:pk>/card.png", position_picture.position_picture, name="position_card"),
    path("window/", window.window, name="window"),
    path("agreement/<str:token>/", agreement_link.agreement, name="agreement"),
    path("agreement/<str:token>/paper/", agreement_link.agreement_file, name="agreement_file"),
    path("certificate/", certificate.enter_code, name="enter_code"),
    path("certificate/<str:code>/", certificate.certificate, name="certificate"),
    path("nominations/<str:token>/", nomination_link.nomination, name="nomination"),
    path("student-papers/<uuid:identifier>/", student_papers.paper, name="student_paper"),
]
