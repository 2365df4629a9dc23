"""The Celery application: late acknowledgement, one task taken at a time, broker by Redis protocol."""

from celery import Celery

from wenxi_portal.worker_heartbeat import WorkerHeartbeat

app = Celery("wenxi_portal")
# Whoever imported the package before naming the settings would otherwise have, in every further thread, an application
# without our broker.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(WorkerHeartbeat)
