from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0002_nomination_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="studentpaper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("enrolment", "Proof of enrolment"),
                    ("resume", "Résumé"),
                    ("guardian", "Guardian's consent"),
                    ("health", "Health certificate"),
                    ("contract", "Employment contract"),
                    ("insurance", "Proof of social insurance"),
                    ("other", "Other paper"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
    ]
