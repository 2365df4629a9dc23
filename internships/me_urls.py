"""Addresses of a student's internships, below one's own account."""

from django.urls import path

from internships.views import (
    apply,
    duties,
    living,
    my_applications,
    my_papers,
    profile,
    recommended,
    stay,
    support,
    window,
)

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
    path("stays/", stay.stays, name="stays"),
    path("stays/<int:pk>/", stay.stay, name="stay"),
    path("stays/<int:pk>/agreement/", stay.agreement, name="stay_agreement"),
    path("stays/<int:pk>/agreement/paper/", stay.agreement_file, name="stay_agreement_file"),
    path("stays/<int:pk>/note/", stay.note, name="stay_note"),
    path("stays/<int:pk>/feedback/", stay.feedback, name="stay_feedback"),
    path("stays/<int:pk>/certificate/", stay.certificate_file, name="stay_certificate"),
    path("sheets/<int:pk>/", stay.sheet, name="sheet"),
    path("", my_applications.home, name="home"),
    path("profile/", profile.start, name="profile"),
    path("profile/<slug:step>/", profile.step, name="profile_step"),
    path("papers/", my_papers.papers, name="papers"),
    path("apply/<int:pk>/", apply.apply, name="apply"),
    path("applications/<int:pk>/", my_applications.application, name="application"),
    path("applications/<int:pk>/answer/", my_applications.answer, name="answer"),
    path("nominations/<int:pk>/answer/", my_applications.answer_nomination, name="answer_nomination"),
]
