"""What the county pays, for everybody to read: the policies in force, one of them, and a calculator."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.subsidies.enums import PolicyState, SchemeKind
from internships.subsidies.forms.calculator import CalculatorForm
from internships.subsidies.models import Policy
from internships.subsidies.selectors.describing import described, period_words
from internships.subsidies.selectors.example import usual_example, work_out_example
from internships.subsidies.selectors.policies import policies_on, policies_to_show
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.page_cache import public_page

GUIDES = {SchemeKind.ALLOWANCE: "claim-allowance", SchemeKind.BONUS: "claim-bonus"}


@require_safe
@public_page
def policies(request: HttpRequest) -> HttpResponse:
    """Show what is paid today, and what will be."""
    shown = policies_to_show(timezone.localdate())
    context = {
        "crumbs": [(_("Allowances and bonuses"), "")],
        "policies": [_shown(policy) for policy in shown],
        "has_samples": any(policy.is_sample for policy in shown),
        "can_calculate": any(policy.scheme.kind == SchemeKind.ALLOWANCE for policy in shown),
    }
    return render(request, "subsidies/policy/list.html", context)


@require_safe
@public_page
def policy(request: HttpRequest, scheme: str, version: int) -> HttpResponse:
    """Show one version with everything it says and an example; versions that have ended stay readable."""
    found = (
        Policy.objects.approved().select_related("scheme").filter(scheme__code=scheme, version=version).first()
    )  # fmt: skip
    if found is None:
        raise Http404
    others = Policy.objects.approved().filter(scheme=found.scheme).exclude(pk=found.pk).order_by("-valid_from")
    context = {
        **_shown(found),
        "crumbs": [(_("Allowances and bonuses"), reverse("subsidies:policies")), (_name(found), "")],
        "example": usual_example(found) if found.scheme.kind == SchemeKind.ALLOWANCE else None,
        "guide_slug": GUIDES[SchemeKind(found.scheme.kind)],
        "has_ended": found.valid_until is not None and found.valid_until < timezone.localdate(),
        "others": [(other, period_words(other)) for other in others],
    }
    return render(request, "subsidies/policy/detail.html", context)


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Work out what a stay would give under the allowance in force today. Nothing is kept."""
    in_force = policies_on(timezone.localdate(), SchemeKind.ALLOWANCE)
    form = CalculatorForm(request.GET if "level" in request.GET else None, policies=in_force)
    examples: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        days = (asked["starts_on"], asked["ends_on"], asked["days_a_month"])
        examples = [
            {**_shown(one), "example": work_out_example(one, asked["level"], *days)} for one in in_force
        ]  # fmt: skip
    context = {
        "crumbs": [(_("Allowances and bonuses"), reverse("subsidies:policies")), (_("Calculator"), "")],
        "form": form,
        "examples": examples,
        "is_open": bool(in_force),
    }
    return render(request, "subsidies/policy/calculator.html", context)


def _shown(found: Policy) -> dict[str, Any]:
    return {
        "policy": found,
        "name": _name(found),
        "period": period_words(found),
        "parts": described(found),
        "is_in_force": found.state == PolicyState.APPROVED and found.valid_from <= timezone.localdate(),
    }


def _name(found: Policy) -> Any:
    return marked_name(found.scheme.name, found.scheme.name_en)
