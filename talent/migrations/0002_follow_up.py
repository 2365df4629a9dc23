from django.db import migrations, models
from django.db.models import F


def questions_put_before_were_sent(apps, schema_editor):
    """Until now a question was sent as it was put: none of them is sent again."""
    apps.get_model("talent", "SelfCheck").objects.filter(sent_at__isnull=True).update(sent_at=F("asked_at"))


class Migration(migrations.Migration):
    """Whether a yearly question has left."""

    dependencies = [("talent", "0001_initial")]

    operations = [
        migrations.AddField(
            "selfcheck", "sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")
        ),
        migrations.AddField(
            "selfcheck", "send_tries", models.PositiveSmallIntegerField(db_default=0, default=0, editable=False)
        ),
        migrations.RunPython(questions_put_before_were_sent, migrations.RunPython.noop),
    ]
