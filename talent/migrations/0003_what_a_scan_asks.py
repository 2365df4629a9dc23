from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What a scan for reminders asks of tables that may be large: built without holding anybody up."""

    atomic = False
    dependencies = [("talent", "0002_follow_up")]

    operations = [
        AddIndexConcurrently("contact", models.Index(fields=["updated_at"], name="talent_contact_updated")),
        AddIndexConcurrently("person", models.Index(fields=["updated_at"], name="talent_person_updated")),
        AddIndexConcurrently("selfcheck", models.Index(fields=["asked_at"], name="talent_selfcheck_asked")),
        AddIndexConcurrently(
            "selfcheck",
            models.Index(
                condition=Q(answered_at__isnull=False), fields=["answered_at"], name="talent_selfcheck_answered"
            ),
        ),
        AddIndexConcurrently(
            "selfcheck",
            models.Index(
                condition=Q(sent_at__isnull=True, answered_at__isnull=True),
                fields=["expires_at"],
                name="talent_selfcheck_unsent",
            ),
        ),
    ]
