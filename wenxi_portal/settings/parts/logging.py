"""Logs go to standard error, one line an event, without request bodies, query strings and what the database quotes."""

from wenxi_portal.settings import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wenxi_portal.core.log_lines.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        # Answered with 400. Whoever knocks at the machine's number by the thousand needs no traceback each.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
