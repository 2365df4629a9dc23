from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside the running portal: the table may be long. Only then the old indexes go, each with its twin for LIKE."""

    atomic = False

    dependencies = [
        ("talent", "0007_history_by_statement"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(fields=["mobile_index"], name="talent_person_mobile"),
        ),
        AddIndexConcurrently(
            model_name="person",
            index=models.Index(fields=["email"], name="talent_person_email"),
        ),
        migrations.AlterField(
            model_name="person",
            name="mobile_index",
            field=models.CharField(editable=False, max_length=64, null=True),
        ),
        migrations.AlterField(
            model_name="person",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
        ),
    ]
