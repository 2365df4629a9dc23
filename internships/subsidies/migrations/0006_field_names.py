import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('internships', '0004_field_names'),
        ('subsidies', '0005_payments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditpack',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pack asked by'),
        ),
        migrations.AlterField(
            model_name='bankaccount',
            name='ended_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ended at'),
        ),
        migrations.AlterField(
            model_name='bankaccount',
            name='entered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AlterField(
            model_name='bankaccount',
            name='student',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='internships.student', verbose_name='student'),
        ),
        migrations.AlterField(
            model_name='claimduty',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='subsidies.claim', verbose_name='claim'),
        ),
        migrations.AlterField(
            model_name='claimduty',
            name='round',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='round of review'),
        ),
        migrations.AlterField(
            model_name='claimduty',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officer in charge'),
        ),
        migrations.AlterField(
            model_name='journal',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AlterField(
            model_name='journal',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journals', to='subsidies.paymentbatch', verbose_name='payment batch'),
        ),
        migrations.AlterField(
            model_name='outsidelist',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by'),
        ),
        migrations.AlterField(
            model_name='paymentbatch',
            name='released_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by'),
        ),
        migrations.AlterField(
            model_name='paymentbatch',
            name='sealed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sealed by'),
        ),
        migrations.AlterField(
            model_name='paymentbatchevent',
            name='released_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by'),
        ),
        migrations.AlterField(
            model_name='paymentbatchevent',
            name='sealed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sealed by'),
        ),
        migrations.AlterField(
            model_name='paymentline',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_lines', to='subsidies.claim', verbose_name='claim'),
        ),
        migrations.AlterField(
            model_name='publicnotice',
            name='published_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AlterField(
            model_name='publicnoticeevent',
            name='published_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AlterField(
            model_name='recovery',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to='subsidies.claim', verbose_name='claim'),
        ),
        migrations.AlterField(
            model_name='recovery',
            name='demanded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demanded by'),
        ),
        migrations.AlterField(
            model_name='recovery',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recovery settled by'),
        ),
    ]
