from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside the running portal: the table may be long. Only then the index that it replaces goes."""

    atomic = False

    dependencies = [
        ("talent", "0008_fewer_indexes_of_people"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("step_state", "open")),
                fields=["next_due", "id"],
                include=["next_owner", "person"],
                name="talent_contact_board",
            ),
        ),
        RemoveIndexConcurrently(
            model_name="contact",
            name="talent_contact_due",
        ),
    ]
