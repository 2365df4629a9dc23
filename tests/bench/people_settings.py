"""As the measured portal, with the yardstick of the lists."""

from tests.bench.making import *

ROOT_URLCONF = "tests.bench.people_urls"
ALLOWED_HOSTS = ["*"]
