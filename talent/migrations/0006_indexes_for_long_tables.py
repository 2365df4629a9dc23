from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside the running portal: the tables may be long."""

    atomic = False

    dependencies = [("talent", "0005_kept_figures")]

    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(fields=["-on", "-id"], name="talent_contact_latest"),
        ),
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(fields=["updated_at", "id"], name="talent_person_changed"),
        ),
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(condition=models.Q(("indexed_at__isnull", True)), fields=["id"], name="talent_person_unindexed"),
        ),
    ]
