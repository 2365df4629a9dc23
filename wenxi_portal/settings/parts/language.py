"""Language and time: Simplified Chinese first, English second, China Standard Time."""

from django.utils.translation import gettext_lazy as _

from wenxi_portal.settings import env

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "portal_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [env.PROJECT_ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
# What stands there goes before Django's own formats.
FORMAT_MODULE_PATH = ["wenxi_portal.formats"]
