import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside the running portal: uploads that wait may be long."""

    atomic = False

    dependencies = [("spreadsheets", "0002_same_as_and_reveals")]

    operations = [
        AddIndexConcurrently(
            model_name="importrow",
            index=models.Index(fields=["run", "id"], name="spreadsheets_row_in_order"),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="spreadsheets.importrun",
            ),
        ),
    ]
