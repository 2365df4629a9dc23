"""The portal's addresses and the yardstick's: the theme's own list of people, without anything of ours."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from unfold.admin import ModelAdmin

from talent.models import Person
from talent.selectors.people import with_list_columns
from wenxi_portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class BareList(ModelAdmin):
    """Fifty people by their keys in the same columns: no search, no filter, no count beyond them, no rights by row."""

    list_display = ("name", "study", "work", "native_township", "masked_mobile", "owner_unit", "last_contacted_on")
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request):
        return with_list_columns(Person.objects.filter(pk__lte=50))

    def study(self, person):
        return next((str(row) for row in person.educations.all()), None)

    def work(self, person):
        return next((str(row) for row in person.employments.all()), None)


def _bare(request: HttpRequest) -> HttpResponse:
    return BareList(Person, admin.site).changelist_view(request)


urlpatterns = [path("bench/people/", admin.site.admin_view(_bare)), *urlpatterns]
