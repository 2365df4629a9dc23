"""Positions that fit the student who is signed in: a page of its own, for public pages are kept for everybody."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.models import Student
from internships.selectors.host_record import host_records
from internships.selectors.recommended import Reason, Recommendation, recommended_for
from internships.views.crumbs import account_crumb, home_crumb
from internships.views.kept_writing import signed_in
from internships.views.position_cards import position_card

WORDS = {
    Reason.MAJOR: lambda word: _("The host asks for “%(word)s”, your major") % {"word": word},
    Reason.FIELD: lambda word: _("The host looks for your field of study: %(word)s") % {"word": word},
    Reason.WORDS: lambda word: _("“%(word)s” stands in the description") % {"word": word},
}


@require_safe
@signed_in
def recommended(request: HttpRequest) -> HttpResponse:
    """Show the positions that fit, each with the reason; without a profile say what is missing."""
    student = Student.objects.with_profile().filter(user=request.user.pk).first()
    found = recommended_for(student) if student else []
    records = host_records({one.row["host_id"] for one in found})
    cards = [replace(position_card(one.row, records), reason=_reason(one)) for one in found]
    crumbs = [account_crumb(), home_crumb(), (_("Recommended for my major"), "")]
    context = {"student": student, "cards": cards, "crumbs": crumbs}
    return render(request, "internships/position/recommended.html", context)


def _reason(one: Recommendation) -> str:
    return WORDS[one.reason](one.word)
