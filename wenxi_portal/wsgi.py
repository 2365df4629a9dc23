"""The WSGI entry point that the web server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from wenxi_portal.base_path import under_base_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenxi_portal.settings.production")

application = under_base_path(get_wsgi_application(), settings.FORCE_SCRIPT_NAME)
