"""Which applications, middleware and templates make up the portal."""

from wenxi_portal.settings import env

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    # Before Django's own: its createsuperuser takes the place of the other.
    "wenxi_portal.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "wenxi_portal.admin_site.PortalAdminConfig",
    "pgtrigger",
    "pghistory",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_vite",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wenxi_portal.core",
    "wenxi_portal.organisations",
    "wenxi_portal.audit",
    "talent",
    "wenxi_portal.notifications",
    "wenxi_portal.saved_views",
    "wenxi_portal.reminders",
    "wenxi_portal.spreadsheets",
    "bases",
    "internships",
    "internships.subsidies",
    "wenxi_portal.pages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wenxi_portal.core.middleware.RequestGuardMiddleware",
    "wenxi_portal.core.middleware.PageMemoryMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wenxi_portal.pages.middleware.OwnErrorPagesMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wenxi_portal.core.locale_middleware.PortalLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wenxi_portal.accounts.middleware.TooOftenMiddleware",
    "wenxi_portal.accounts.middleware.StaffIdleMiddleware",
    "wenxi_portal.accounts.middleware.SecondFactorMiddleware",
    "wenxi_portal.accounts.middleware.DemoAccountMiddleware",
    "wenxi_portal.audit.middleware.HistoryContextMiddleware",
]

ROOT_URLCONF = "wenxi_portal.urls"
WSGI_APPLICATION = "wenxi_portal.wsgi.application"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [env.PROJECT_ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wenxi_portal.pages.context.portal",
            ],
        },
    }
]

# An address typed without a scheme is taken for https.
FORMS_URLFIELD_ASSUME_HTTPS = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
