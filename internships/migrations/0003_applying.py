

import django.db.models.deletion
import wenxi_portal.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('internships', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProfileDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('content', wenxi_portal.core.fields.SealedTextField(context='internships.profile_draft', verbose_name='answers')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='profile_draft', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'draft of a profile',
                'verbose_name_plural': 'drafts of profiles',
            },
        ),
    ]
