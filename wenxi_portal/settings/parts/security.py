"""What the browser is told to refuse, and what a request must bring."""

from csp.constants import NONE, SELF

from wenxi_portal.settings.parts.files import FORCE_SCRIPT_NAME

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# The view that answers what the request guard refuses (wenxi_portal/core/middleware.py).
REFUSAL_VIEW = "wenxi_portal.pages.views.errors.refused"

PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = FORCE_SCRIPT_NAME or "/"
CSRF_COOKIE_NAME = "portal_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_PATH = FORCE_SCRIPT_NAME or "/"
CSRF_FAILURE_VIEW = "wenxi_portal.pages.views.errors.csrf_failure"
LANGUAGE_COOKIE_PATH = FORCE_SCRIPT_NAME or "/"
