"""What students are told of their money: when and how much, and what to do when it comes back."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wenxi_portal.core.money import money
from wenxi_portal.notifications.kinds import MessageKind, Params, declare


def _claim_url(params: Params) -> str:
    return reverse("my_subsidies:claim", args=[params["claim"]])


def _about_payment(name: str, label: Promise, subject: Promise, body: Promise, *, mandatory: bool = False) -> None:
    def words(text: Promise, params: Params) -> str:
        return str(text) % {
            "claim": params["claim"],
            "amount": money(params["amount"]),
            "batch": params["batch"],
            "day": date_format(date.fromisoformat(params["day"]), "DATE_FORMAT"),
            "why": params.get("why", ""),
        }

    declare(
        MessageKind(
            name=name,
            label=label,
            subject=lambda params: words(subject, params),
            body=lambda params: words(body, params),
            url=_claim_url,
            mandatory=mandatory,
        )
    )


_about_payment(
    "payment_batched",
    gettext_lazy("Payment prepared"),
    gettext_lazy("Your claim %(claim)s will be paid"),
    gettext_lazy("%(amount)s have been set aside on %(day)s in batch %(batch)s. Finance releases the payment next."),
)
_about_payment(
    "payment_put_off",
    gettext_lazy("Payment put off"),
    gettext_lazy("The payment of your claim %(claim)s is put off"),
    gettext_lazy(
        "Batch %(batch)s was cancelled before it went to the bank. Your claim of %(amount)s stands as before and goes "
        "into the next batch; you need not do anything."
    ),
)
_about_payment(
    "payment_released",
    gettext_lazy("Payment sent to the bank"),
    gettext_lazy("Your claim %(claim)s is on its way to your bank"),
    gettext_lazy("%(amount)s were handed to the bank on %(day)s. We tell you when it reports the payment."),
)
_about_payment(
    "payment_paid",
    gettext_lazy("Paid"),
    gettext_lazy("Your claim %(claim)s has been paid"),
    gettext_lazy("The bank paid %(amount)s to your account on %(day)s."),
    mandatory=True,
)
_about_payment(
    "payment_returned",
    gettext_lazy("Payment returned"),
    gettext_lazy("The payment of your claim %(claim)s came back"),
    gettext_lazy(
        "The bank returned %(amount)s: %(why)s. Open the claim and correct your bank account; it is then paid with the "
        "next batch."
    ),
    mandatory=True,
)
