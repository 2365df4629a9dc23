"""Addresses of what a host works with, below one's own account."""

from django.urls import path, register_converter

from internships.converters import MonthConverter
from internships.views import applicants, host_attendance, host_positions, host_stay

register_converter(MonthConverter, "month")

app_name = "host_desk"
urlpatterns = [
    path("positions/", host_positions.positions, name="positions"),
    path("positions/new/", host_positions.new, name="position_new"),
    path("positions/<int:pk>/", host_positions.position, name="position"),
    path("positions/<int:pk>/edit/", host_positions.edit, name="position_edit"),
    path("positions/<int:pk>/<slug:verb>/", host_positions.move, name="position_move"),
    path("interns/", host_stay.interns, name="interns"),
    path("interns/<int:pk>/", host_stay.intern, name="intern"),
    path("interns/<int:pk>/contact/", host_stay.contact, name="intern_contact"),
    path("interns/<int:pk>/agreement/", host_stay.agreement, name="intern_agreement"),
    path("interns/<int:pk>/agreement/paper/", host_stay.agreement_file, name="intern_agreement_file"),
    path("interns/<int:pk>/appraisal/", host_stay.appraisal, name="appraisal"),
    path("interns/<int:pk>/attendance/<month:month>/", host_attendance.open_month, name="open_month"),
    path("interns/<int:pk>/attendance/<month:month>/begin/", host_attendance.begin, name="begin_month"),
    path("notes/<int:pk>/", host_stay.note, name="note"),
    path("attendance/", host_attendance.this_month, name="attendance"),
    path("attendance/<month:month>/", host_attendance.month, name="month"),
    path("attendance/<month:month>/confirm/", host_attendance.confirm_many, name="confirm_many"),
    path("attendance/<month:month>/workbook/", host_attendance.workbook, name="workbook"),
    path("attendance/<month:month>/upload/", host_attendance.upload, name="upload_workbook"),
    path("sheets/<int:pk>/", host_attendance.sheet, name="sheet"),
    path("sheets/<int:pk>/correct/", host_attendance.correct, name="correct_sheet"),
    path("objections/<int:pk>/", host_attendance.objection, name="objection"),
    path("applicants/", applicants.applicants, name="applicants"),
    path("applicants/decide/", applicants.decide_many_at_once, name="decide_many"),
    path("applicants/<int:pk>/", applicants.applicant, name="applicant"),
    path("applicants/<int:pk>/decide/", applicants.decide, name="decide"),
    path("applicants/<int:pk>/contact/", applicants.contact, name="contact"),
]
