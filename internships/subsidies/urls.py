"""Addresses of the money for everybody: policies and public notices."""

from django.urls import path
from django.urls.resolvers import URLPattern

from internships.subsidies.views import notices, objections, policies

app_name = "subsidies"
urlpatterns: list[URLPattern] = [
    path("notices/", notices.notice_list, name="notices"),
    path("notices/objection/", objections.sent, name="objection_sent"),
    path("notices/answer/", objections.answer, name="objection_answer"),
    path("notices/<slug:number>/", notices.notice, name="notice"),
    path("notices/<slug:number>/list.xlsx", notices.sheet, name="notice_sheet"),
    path("notices/<slug:number>/<int:order>/", objections.raise_one, name="object"),
    path("", policies.policies, name="policies"),
    path("calculator/", policies.calculator, name="calculator"),
    path("<slug:scheme>/<int:version>/", policies.policy, name="policy"),
]
