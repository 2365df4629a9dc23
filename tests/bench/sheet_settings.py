"""As the measured portal, with the rival installed, and the broker left alone."""

from tests.bench.settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "import_export"]
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
