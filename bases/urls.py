"""Addresses of the bases room."""

from django.urls import path

from bases.views import base_detail, base_list, exports, kinds, papers

app_name = "bases"
urlpatterns = [
    path("", base_list.base_list, name="list"),
    path("kinds/", kinds.kind_list, name="kinds"),
    path("data.<slug:ending>", exports.download, name="download"),
    path("papers/<uuid:identifier>/", papers.document, name="document"),
    path("<int:pk>/", base_detail.base_detail, name="detail"),
]
