"""The accounts room in the admin."""

from django.contrib import admin
from django.contrib.auth.models import Group

from wenxi_portal.accounts.admin.user import UserAdmin

# Groups are the roles, declared by the rooms and written after each migration: nobody edits them by hand.
if admin.site.is_registered(Group):
    admin.site.unregister(Group)

__all__ = ["UserAdmin"]
