import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

HISTORY_INDEX = "talent_personevent_officer_id_2a269475"


class Migration(migrations.Migration):
    """Built beside the running portal: people and their history may be long tables."""

    atomic = False

    dependencies = [
        ("talent", "0010_responsible_officer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(
                condition=models.Q(("officer__isnull", False)), fields=["officer"], name="talent_person_officer"
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {HISTORY_INDEX} ON talent_personevent (officer_id)",
                    f"DROP INDEX CONCURRENTLY IF EXISTS {HISTORY_INDEX}",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="personevent",
                    name="officer",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible officer",
                    ),
                ),
            ],
        ),
    ]
