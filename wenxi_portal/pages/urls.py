"""Addresses of the home page, the guides and what belongs to the whole site."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path

from wenxi_portal.pages.sitemaps import SITEMAPS
from wenxi_portal.pages.views import demo_entry, errors, guides, home, machine, site, switches

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", site.about, name="about"),
    path("guides/", guides.guide_list, name="guides"),
    path("guides/<slug:slug>/", guides.guide_detail, name="guide"),
    path("site-map/", site.site_map, name="site_map"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("language/", switches.language, name="language"),
    path("display/", switches.display, name="display"),
    path("after-sign-in/", switches.after_sign_in, name="after_sign_in"),
    path("enter-demo/", demo_entry.enter_demo, name="enter_demo"),
    path("health/", machine.health, name="health"),
    path("favicon.ico", machine.favicon, name="favicon"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]

if settings.PORTAL_DEMO:
    # An address that leads nowhere, which Django would answer with a list of all addresses. Only with a slash at its
    # end: one without is first led to the same address with it.
    urlpatterns.append(re_path(r"^.*/$", errors.not_found, name="nowhere"))
