"""Addresses of one's own data, below one's own account."""

from django.urls import path

from talent.views import own_data

app_name = "own_data"
urlpatterns = [
    path("", own_data.show, name="show"),
    path("correct/", own_data.correct, name="correct"),
    path("copy.json", own_data.copy_json, name="copy_json"),
    path("copy.xlsx", own_data.copy_xlsx, name="copy_xlsx"),
    path("withdraw/", own_data.withdraw_consent, name="withdraw"),
]
