"""What a driver and the keeper of a house have before them: who comes, when, to which seat or bed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.selectors.lodging import arrivals
from internships.selectors.shuttle import own_runs, passengers
from internships.views.crumbs import account_crumb
from internships.views.kept_writing import signed_in


@require_safe
@signed_in
def driving(request: HttpRequest) -> HttpResponse:
    """Show a driver the shuttles to come with their passengers."""
    driver = request.user
    if not driver.shuttle_runs.exists():  # type: ignore[union-attr]
        raise Http404
    runs = [(run, passengers(run)) for run in own_runs(driver)]  # type: ignore[arg-type]
    crumbs = [account_crumb(), (_("My shuttles"), "")]
    return render(request, "internships/duties/driving.html", {"runs": runs, "crumbs": crumbs})


@require_safe
@signed_in
def keeping(request: HttpRequest) -> HttpResponse:
    """Show the keeper of a house who moves in and out."""
    keeper = request.user
    if not keeper.kept_lodgings.exists():  # type: ignore[union-attr]
        raise Http404
    crumbs = [account_crumb(), (_("Arrivals and departures"), "")]
    context = {"rows": arrivals(keeper), "crumbs": crumbs}  # type: ignore[arg-type]
    return render(request, "internships/duties/keeping.html", context)
