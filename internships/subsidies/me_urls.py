"""Addresses of a student's claims and account, below one's own account."""

from django.urls import path

from internships.subsidies.views import account, my_claims

app_name = "my_subsidies"
urlpatterns = [
    path("", my_claims.claims, name="claims"),
    path("account/", account.account, name="account"),
    path("<slug:number>/", my_claims.claim, name="claim"),
    path("<slug:number>/hand-in/", my_claims.hand_in, name="hand_in"),
    path("<slug:number>/withdraw/", my_claims.take_back, name="withdraw"),
    path("<slug:number>/pay-again/", my_claims.pay_again, name="pay_again"),
]
