"""The roof: every address of the portal."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/me/data/", include("talent.me_urls")),
    path("accounts/me/internships/", include("internships.me_urls")),
    path("accounts/me/subsidies/", include("internships.subsidies.me_urls")),
    path("accounts/me/host/subsidies/", include("internships.subsidies.host_urls")),
    path("accounts/me/host/", include("internships.host_urls")),
    path("accounts/me/university/", include("internships.university_urls")),
    path("accounts/", include("wenxi_portal.accounts.urls")),
    path("accounts/", include("wenxi_portal.accounts.sign_in_urls")),
    path("talent/", include("talent.urls")),
    path("saved-views/", include("wenxi_portal.saved_views.urls")),
    path("inbox/", include("wenxi_portal.notifications.urls")),
    path("bases/", include("bases.urls")),
    path("subsidies/", include("internships.subsidies.urls")),
    path("internships/", include("internships.urls")),
    path("universities/", include("bases.university_urls")),
    path("", include("wenxi_portal.pages.urls")),
]

handler400 = "wenxi_portal.pages.views.errors.bad_request"
handler403 = "wenxi_portal.pages.views.errors.permission_denied"
handler404 = "wenxi_portal.pages.views.errors.not_found"
handler500 = "wenxi_portal.pages.views.errors.server_error"
