"""Public addresses of the internships room."""

from django.urls import path

from internships.views import nomination_link, student_papers

app_name = "internships"
urlpatterns = [
    path("nominations/<str:token>/", nomination_link.nomination, name="nomination"),
    path("student-papers/<uuid:identifier>/", student_papers.paper, name="student_paper"),
]
