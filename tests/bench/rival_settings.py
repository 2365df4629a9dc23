"""As the measured portal, with the rival installed."""

from tests.bench.sheet_settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "import_export"]
