"""What a browser would send from a form of the admin."""

from typing import Any

from django.test import Client


def form_values(client: Client, address: str) -> dict[str, Any]:
    """Return the values of the form at ``address`` as it stands, its rows included."""
    response = client.get(address)
    assert response.status_code == 200
    context = response.context_data
    values = dict(_values_of(context["adminform"].form))
    for rows in context["inline_admin_formsets"]:
        values |= dict(_values_of(rows.formset.management_form))
        for form in rows.formset.forms:
            values |= dict(_values_of(form))
    return values


def _values_of(form: Any) -> Any:
    for field in form:
        value = field.value()
        if value is not None and value is not False:
            yield field.html_name, value
