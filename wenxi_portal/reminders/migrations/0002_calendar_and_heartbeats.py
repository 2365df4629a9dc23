"""The calendars of the years that are published, and a first sign of life: a new portal is not red from the start."""

import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

DAYS = Path(__file__).resolve().parents[1] / "data" / "holidays.json"
SOURCE = "国务院办公厅关于节假日安排的通知"


def fill(apps, _schema_editor):
    holiday, heartbeat = apps.get_model("reminders", "Holiday"), apps.get_model("reminders", "Heartbeat")
    days = json.loads(DAYS.read_text(encoding="utf-8"))["days"]
    holiday.objects.bulk_create([holiday(source=SOURCE, **day) for day in days], ignore_conflicts=True)
    now = timezone.now()
    heartbeat.objects.bulk_create([heartbeat(name=name, at=now) for name in ("beat", "worker")], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
