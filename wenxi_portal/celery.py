"""The Celery application: late acknowledgement, one task taken at a time, broker by Redis protocol."""

from celery import Celery

app = Celery("wenxi_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
