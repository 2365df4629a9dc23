"""How somebody wants to be told."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.notifications import kinds
from wenxi_portal.notifications.enums import Channel, Rhythm
from wenxi_portal.notifications.models import ChannelChoice, DeliveryHours
from wenxi_portal.notifications.models.preference import QUIET_FROM, QUIET_UNTIL
from wenxi_portal.notifications.services.outbox import is_wanted

# What would not fit above a narrow column.
SHORT = {Channel.SMS: pgettext_lazy("head of a column", "Text"), Channel.WECOM: _("WeCom group")}


@dataclass(frozen=True, slots=True)
class ChoiceArea:
    """A heading, the kinds under it, and how many they are."""

    label: kinds.Words
    rows: list[forms.BoundField]
    number: int


class PreferencesForm(forms.Form):
    """How often and when not to ring, then a row of channels for each kind, under the heading of its area."""

    rhythm = forms.ChoiceField(
        label=_("E-mails, texts and group messages"), choices=Rhythm, widget=forms.RadioSelect, initial=Rhythm.AT_ONCE
    )
    language = forms.ChoiceField(
        label=_("Language of e-mails and texts"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    quiet_from = forms.TimeField(label=_("Do not ring from"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    quiet_until = forms.TimeField(
        label=pgettext_lazy("quiet hours", "until"),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=_("Nothing is lost: what falls into these hours arrives afterwards. Equal times: ring at any hour."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            (kind, channel): wanted
            for kind, channel, wanted in ChannelChoice.objects.filter(user=user).values_list(
                "kind", "channel", "wanted"
            )
        }
        self.kinds = kinds.kinds_for(user)
        # The robot speaks to the office's own group.
        channels = self.channels = [each for each in Channel if user.is_staff or each != Channel.WECOM]
        for kind in self.kinds:
            chosen = [each for each in channels if is_wanted(kind, each, choices.get((kind.name, each)))]
            self.fields[_name(kind)] = forms.MultipleChoiceField(
                label=kind.label,
                choices=[(each.value, each.label) for each in channels],
                required=False,
                initial=[each.value for each in chosen],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Always reaches the inbox.") if kind.mandatory else "",
            )
        hours = DeliveryHours.objects.filter(user=user).first()
        self.initial |= {
            "rhythm": hours.rhythm if hours else Rhythm.AT_ONCE,
            "language": hours.language if hours else settings.LANGUAGE_CODE,
            "quiet_from": hours.quiet_from if hours else QUIET_FROM,
            "quiet_until": hours.quiet_until if hours else QUIET_UNTIL,
        }

    @property
    def general(self) -> list[forms.BoundField]:
        """What holds for every kind."""
        return [self[name] for name in ("rhythm", "language", "quiet_from", "quiet_until")]

    @property
    def heads(self) -> list[Any]:
        """The channels as heads of narrow columns."""
        return [SHORT.get(each, each.label) for each in self.channels]

    @property
    def areas(self) -> list[ChoiceArea]:
        """The kinds under their headings, each with its boxes."""
        return [
            ChoiceArea(label, [self[_name(kind)] for kind in held], len(held))
            for label, held in kinds.by_area(self.kinds)
        ]

    def chosen(self) -> dict[str, Any]:
        """Return what ``services.preferences.choose`` takes."""
        quiet: dict[str, time] = {name: self.cleaned_data[name] for name in ("quiet_from", "quiet_until")}
        wanted = {(kind.name, Channel(each)) for kind in self.kinds for each in self.cleaned_data[_name(kind)]}
        rhythm, language = Rhythm(self.cleaned_data["rhythm"]), self.cleaned_data["language"]
        return {"wanted": wanted, "rhythm": rhythm, "language": language, **quiet}


def _name(kind: kinds.MessageKind) -> str:
    return f"kind-{kind.name}"
