"""As the measured portal, with the broker left alone."""

from tests.bench.settings import *

CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
