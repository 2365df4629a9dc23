import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OLD_INDEX = "talent_education_university_id_0a79b659"


class Migration(migrations.Migration):
    """Built beside the running portal: the tables may be long. Only then the index that is replaced goes."""

    atomic = False

    dependencies = [
        ("talent", "0008_fewer_indexes_of_people"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(
                condition=models.Q(("last_contacted_on__isnull", False)),
                fields=["-last_contacted_on", "id"],
                name="talent_person_touched",
            ),
        ),
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
        AddIndexConcurrently(
            model_name="education",
            index=models.Index(fields=["university", "person"], name="talent_education_place"),
        ),
        # Left to itself, Django would make the foreign key anew and look at every row for it.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {OLD_INDEX}",
                    f"CREATE INDEX CONCURRENTLY {OLD_INDEX} ON talent_education (university_id)",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="education",
                    name="university",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        limit_choices_to={"kind": "university"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="students_on_file",
                        to="organisations.organisation",
                        verbose_name="university on file",
                    ),
                ),
            ],
        ),
    ]
