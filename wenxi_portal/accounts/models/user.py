"""The account of one human being."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenxi_portal.accounts.enums import STAFF_ROLES, Role
from wenxi_portal.accounts.querysets import MOBILE_CONTEXT, UserManager, mobile_index
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.masking import mask_mobile
from wenxi_portal.core.validators import normalise_digits, validate_mobile


class User(AbstractBaseUser, PermissionsMixin):
    """One person, one account, signed in by e-mail or mobile.

    ``email`` is the primary address; whether it is verified stands with the sign-in library's ``EmailAddress``.
    Both are written by ``services.emails.put_email``.
    The mobile number is sealed at rest and found through its keyed index. ``is_staff`` opens the admin; what may be
    done there comes from the role groups alone, never from ``is_superuser``, which the database keeps false.
    """

    # None, not an empty text: an empty text would be an address that two accounts share.
    email = models.EmailField(_("e-mail"), null=True, blank=True)  # noqa: DJ001
    mobile = SealedTextField(_("mobile"), blank=True, default="", context=MOBILE_CONTEXT, validators=[validate_mobile])
    mobile_index = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001
    mobile_verified = models.BooleanField(_("mobile verified"), default=False)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(mobile_index__isnull=False),
                name="accounts_user_email_or_mobile",
                violation_error_message=_("An account needs an e-mail address or a mobile number."),
            ),
            models.CheckConstraint(
                condition=Q(is_superuser=False),
                name="accounts_user_no_superuser",
                violation_error_message=_("Nobody stands above the rules: give a role instead."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message=_("There is already an account with this e-mail address."),
            ),
            models.UniqueConstraint(
                fields=["mobile_index"],
                name="accounts_user_mobile_unique",
                violation_error_message=_("There is already an account with this mobile number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.masked_mobile or str(self.pk)

    def clean(self) -> None:
        """Bring e-mail and mobile into the form in which they are compared."""
        super().clean()
        self._normalise()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keyed index in step with the mobile number, and never keep an empty address: it would be one."""
        self._normalise()
        fields = kwargs.get("update_fields")
        if fields is not None and "mobile" in fields:
            kwargs["update_fields"] = {*fields, "mobile_index"}
        super().save(*args, **kwargs)

    def _normalise(self) -> None:
        self.email = (self.email or "").strip().lower() or None
        self.mobile = normalise_digits(self.mobile or "")
        self.mobile_index = mobile_index(self.mobile) if self.mobile else None

    def get_full_name(self) -> str:
        """Return the name to address the person by."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name to address the person by."""
        return str(self)

    @property
    def masked_mobile(self) -> str:
        """The mobile number as it may be shown."""
        return mask_mobile(self.mobile) if self.mobile else ""

    def has_role(self, role: Role) -> bool:
        """Tell whether the person plays this part."""
        return role.value in self.role_names

    @property
    def role_names(self) -> frozenset[str]:
        """Names of the role groups, read once per request."""
        if not hasattr(self, "_role_names"):
            self._role_names = frozenset(self.groups.values_list("name", flat=True))
        return self._role_names

    @property
    def plays_staff_role(self) -> bool:
        """Tell whether one of the roles belongs to the county's staff."""
        return any(Role(name) in STAFF_ROLES for name in self.role_names if name in Role.values)
