"""Accounts in the admin: invited, given roles, switched off; never deleted, never above the rules."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.decorators import action, display

from wenxi_portal.accounts.admin.filters import ActiveFilter, RoleFilter
from wenxi_portal.accounts.admin.forms import InviteForm, ResetFactorForm, UserForm
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.permissions import has_second_factor
from wenxi_portal.accounts.services.invitations import invitation_token
from wenxi_portal.accounts.services.roles import give_role, take_role
from wenxi_portal.accounts.services.second_factor import reset_second_factor
from wenxi_portal.accounts.services.switching import switch_off
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list


@admin.register(User)
class UserAdmin(AsksBeforeDeed, PortalModelAdmin):
    """Accounts with the parts that people play."""

    form = UserForm
    list_display = ("shown_name", "email", "shown_mobile", "shown_roles", "is_active", "last_login")
    list_filter = (RoleFilter, ActiveFilter)
    search_fields = ("name", "email")
    ordering = ("name", "pk")
    fields = ("name", "email", "shown_mobile", "is_active", "roles", "shown_memberships", ("date_joined", "last_login"))
    readonly_fields = ("email", "shown_mobile", "shown_memberships", "date_joined", "last_login")
    actions_detail = ("invite_again", "reset_factor")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """All accounts, with their roles."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_choices(self, request: HttpRequest) -> QuerySet[User]:
        """Accounts in use."""
        return super().get_choices(request).filter(is_active=True)

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form that knows who edits."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Invite somebody: there is no account with a password that another person chose."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        deed = Deed(
            title=gettext_lazy("Invite somebody"),
            button=gettext_lazy("Make the invitation"),
            form=InviteForm,
            perform=partial(self._invite, request),
            done=gettext_lazy("The account is made. Hand on the link above."),
            explanation=gettext_lazy("The person chooses a password by a link that is good once, for seven days."),
            back=reverse("admin:accounts_user_changelist"),
        )
        units = self.admin_site.unit_choices()  # type: ignore[attr-defined]
        return self.deed_view(request, request.user, deed, permission="accounts.add_user", units=units)

    @action(description=gettext_lazy("New invitation"), url_path="invite", icon="forward_to_inbox")
    def invite_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a fresh link for somebody who has not chosen a password yet."""
        user = self.visible_or_404(request, object_id)
        deed = Deed(
            title=gettext_lazy("New invitation"),
            button=gettext_lazy("Make the invitation"),
            form=NothingAsked,
            perform=partial(self._show_link, request, user),
            done=gettext_lazy("Hand on the link above."),
            explanation=gettext_lazy("The person chooses a password by a link that is good once, for seven days."),
            barred="" if _awaits_password(user) else _("This account needs no invitation."),
        )
        return self.deed_view(request, user, deed, permission="accounts.change_user")

    @action(description=gettext_lazy("Reset the second factor"), url_path="second-factor", icon="phonelink_erase")
    def reset_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Forget the lost phone or key of somebody else; never one's own."""
        user = self.visible_or_404(request, object_id)
        deed = Deed(
            title=gettext_lazy("Reset the second factor"),
            button=gettext_lazy("Reset"),
            form=ResetFactorForm,
            perform=partial(self._reset_factor, request, user),
            done=gettext_lazy("The second factor is reset. The person sets up a new one at the next sign-in."),
            explanation=gettext_lazy(
                "For somebody who lost the phone or the key. Authenticator, keys and recovery codes stop at once."
            ),
            danger=True,
            barred=_no_reset(request, user),
        )
        return self.deed_view(request, user, deed, permission="accounts.change_user")

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """A new invitation only for those without a password, a reset only of a second factor of somebody else."""
        user = self.get_object(request, str(object_id))
        if user is None or not self.has_change_permission(request, user):
            return []
        shown = {"accounts_user_invite_again"} if _awaits_password(user) else set()
        if not _no_reset(request, user):
            shown.add("accounts_user_reset_factor")
        return [each for each in super().get_actions_detail(request, object_id) if each.action_name in shown]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save the form; what the form could not foresee is said above it, shown anew."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: User, form: UserForm, change: bool) -> None:
        """Write the account, then give and take roles, each recorded."""
        with transaction.atomic():
            if "is_active" in form.changed_data and not obj.is_active:
                switch_off(user=obj)
            obj.save(update_fields=["name", "is_active"])
            wanted, present = set(form.cleaned_data.get("roles", ())), set(obj.role_names)
            for name in sorted(wanted - present):
                give_role(user=obj, role=Role(name))
                self.admin_site.record_deed(request, "role_given", obj, role=name)  # type: ignore[attr-defined]
            for name in sorted(present - wanted):
                take_role(user=obj, role=Role(name))
                self.admin_site.record_deed(request, "role_taken", obj, role=name)  # type: ignore[attr-defined]

    @display(description=pgettext_lazy("of a person", "name"), ordering="name")
    def shown_name(self, user: User) -> str:
        """What to call the person."""
        return str(user)

    @display(description=gettext_lazy("mobile"), empty_value="—")
    def shown_mobile(self, user: User) -> str | None:
        """The mobile number, masked."""
        return user.masked_mobile or None

    @display(description=gettext_lazy("roles"), empty_value="—")
    def shown_roles(self, user: User) -> str | None:
        """The parts that the person plays."""
        names = [group.name for group in user.groups.all()]
        return word_list(Role(name).label for name in names if name in Role.values) or None

    @display(description=gettext_lazy("acts for"), empty_value="—")
    def shown_memberships(self, user: User) -> str | None:
        """The organisations that the person acts for today."""
        current = user.memberships.current().select_related("organisation")
        return word_list(each.organisation for each in current) or None

    def _invite(self, request: HttpRequest, **values: Any) -> User:
        return self._show_link(request, self.admin_site.invite(request, **values))  # type: ignore[attr-defined]

    def _reset_factor(self, request: HttpRequest, user: User, *, reason: str) -> User:
        with transaction.atomic():
            reset_second_factor(user=user)
            self.admin_site.record_deed(request, "factor_reset", user, reason=reason)  # type: ignore[attr-defined]
        return user

    def _show_link(self, request: HttpRequest, user: User) -> User:
        address = request.build_absolute_uri(reverse("accounts:invitation", args=[invitation_token(user)]))
        messages.info(request, format_html(_("The link for {}: {}"), user, address))
        return user


def _awaits_password(user: User) -> bool:
    return user.is_active and bool(user.email) and not user.has_usable_password()


def _no_reset(request: HttpRequest, user: User) -> str:
    """Return why the second factor of ``user`` is not reset from here, empty when it may be."""
    if user.pk == request.user.pk:
        return _("You cannot reset your own second factor. Ask another system administrator.")
    return "" if has_second_factor(user) else _("This account has no second factor.")
