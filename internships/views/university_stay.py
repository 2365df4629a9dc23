"""What a university sees of its students' stays: who is where and when, and the agreements that wait for it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.enums import AgreementParty
from internships.selectors.stay_page import agreement_to_sign, of_university
from internships.services.stay_agreement import link_token
from internships.views.crumbs import account_crumb
from internships.views.kept_writing import signed_in
from internships.views.own import university_or_404
from wenxi_portal.core.pagination import page_links

PER_PAGE = 50


@require_safe
@signed_in
def students(request: HttpRequest) -> HttpResponse:
    """The stays of the own students, newest first; 404 for whoever acts for no university."""
    user: Any = request.user
    university_or_404(request)
    page = Paginator(of_university(user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(stay, agreement_to_sign(stay, AgreementParty.SCHOOL) is not None) for stay in page]
    context = {
        "rows": rows,
        "links": page_links(page, request.GET),
        "crumbs": [account_crumb(), (_("Our students"), "")],
    }
    return render(request, "internships/university_stay/students.html", context)


@require_safe
@signed_in
def agreement(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lead to the page where the university confirms."""
    stay = of_university(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
    if stay is None:
        raise Http404
    waiting = agreement_to_sign(stay, AgreementParty.SCHOOL)
    if waiting is None:
        return redirect("university_desk:students")
    return redirect("internships:agreement", link_token(waiting, AgreementParty.SCHOOL))
