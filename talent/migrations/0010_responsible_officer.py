import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """An empty column each, which costs a moment on a full table; its indexes are built by the next migration."""

    dependencies = [
        ('organisations', '0005_history_by_statement'),
        ('talent', '0009_fewer_looks_at_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='person',
            name='officer',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people_in_charge', to=settings.AUTH_USER_MODEL, verbose_name='responsible officer'),
        ),
        migrations.AddField(
            model_name='personevent',
            name='officer',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible officer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "talent_personevent" ("birth_date", "consent_on", "consent_purpose", "created_at", "document_kind", "email", "former_names", "id", "is_demo", "languages", "last_checked_on", "last_contacted_on", "merged_into_id", "name", "native_township", "no_id_reason", "note", "officer_id", "owner_unit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "retain_until", "revision", "sex", "source", "state", "user_id") SELECT new_values."birth_date", new_values."consent_on", new_values."consent_purpose", new_values."created_at", new_values."document_kind", new_values."email", new_values."former_names", new_values."id", new_values."is_demo", new_values."languages", new_values."last_checked_on", new_values."last_contacted_on", new_values."merged_into_id", new_values."name", new_values."native_township", new_values."no_id_reason", new_values."note", new_values."officer_id", new_values."owner_unit_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."preferred_channel", new_values."retain_until", new_values."revision", new_values."sex", new_values."source", new_values."state", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fdb3a7108aa80a835a6fb55611b2efbc3cf4a2df', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d7812', referencing='REFERENCING NEW TABLE AS new_values ', table='talent_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "talent_personevent" ("birth_date", "consent_on", "consent_purpose", "created_at", "document_kind", "email", "former_names", "id", "is_demo", "languages", "last_checked_on", "last_contacted_on", "merged_into_id", "name", "native_township", "no_id_reason", "note", "officer_id", "owner_unit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "retain_until", "revision", "sex", "source", "state", "user_id") SELECT new_values."birth_date", new_values."consent_on", new_values."consent_purpose", new_values."created_at", new_values."document_kind", new_values."email", new_values."former_names", new_values."id", new_values."is_demo", new_values."languages", new_values."last_checked_on", new_values."last_contacted_on", new_values."merged_into_id", new_values."name", new_values."native_township", new_values."no_id_reason", new_values."note", new_values."officer_id", new_values."owner_unit_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."preferred_channel", new_values."retain_until", new_values."revision", new_values."sex", new_values."source", new_values."state", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."birth_date" IS DISTINCT FROM (new_values."birth_date") OR old_values."consent_on" IS DISTINCT FROM (new_values."consent_on") OR old_values."consent_purpose" IS DISTINCT FROM (new_values."consent_purpose") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."document_kind" IS DISTINCT FROM (new_values."document_kind") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."former_names" IS DISTINCT FROM (new_values."former_names") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_demo" IS DISTINCT FROM (new_values."is_demo") OR old_values."languages" IS DISTINCT FROM (new_values."languages") OR old_values."last_checked_on" IS DISTINCT FROM (new_values."last_checked_on") OR old_values."last_contacted_on" IS DISTINCT FROM (new_values."last_contacted_on") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."native_township" IS DISTINCT FROM (new_values."native_township") OR old_values."no_id_reason" IS DISTINCT FROM (new_values."no_id_reason") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."officer_id" IS DISTINCT FROM (new_values."officer_id") OR old_values."owner_unit_id" IS DISTINCT FROM (new_values."owner_unit_id") OR old_values."preferred_channel" IS DISTINCT FROM (new_values."preferred_channel") OR old_values."retain_until" IS DISTINCT FROM (new_values."retain_until") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."sex" IS DISTINCT FROM (new_values."sex") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb944dd0966a1f57cd69beb68b854c7075cf7666', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_66798', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='talent_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "talent_personevent" ("birth_date", "consent_on", "consent_purpose", "created_at", "document_kind", "email", "former_names", "id", "is_demo", "languages", "last_checked_on", "last_contacted_on", "merged_into_id", "name", "native_township", "no_id_reason", "note", "officer_id", "owner_unit_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_channel", "retain_until", "revision", "sex", "source", "state", "user_id") SELECT old_values."birth_date", old_values."consent_on", old_values."consent_purpose", old_values."created_at", old_values."document_kind", old_values."email", old_values."former_names", old_values."id", old_values."is_demo", old_values."languages", old_values."last_checked_on", old_values."last_contacted_on", old_values."merged_into_id", old_values."name", old_values."native_township", old_values."no_id_reason", old_values."note", old_values."officer_id", old_values."owner_unit_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."preferred_channel", old_values."retain_until", old_values."revision", old_values."sex", old_values."source", old_values."state", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1ccc9a90a92bcc45ced80f37772add62e58af00a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_afe02', referencing='REFERENCING OLD TABLE AS old_values ', table='talent_person', when='AFTER')),
        ),
    ]
