"""Where files lie: static files, and papers in private storage that no web server reaches."""

from wenxi_portal.settings import env

BASE_DIR = env.PROJECT_ROOT
PORTAL_VAR = env.folder("PORTAL_VAR", env.PROJECT_ROOT / "var")

BASE_PATH = "/" + env.text("PORTAL_BASE_PATH").strip("/")
FORCE_SCRIPT_NAME = None if BASE_PATH == "/" else BASE_PATH
STATIC_URL = "/static/" if BASE_PATH == "/" else f"{BASE_PATH}/static/"
STATICFILES_DIRS = [("dist", env.PROJECT_ROOT / "static" / "dist")]
STATIC_ROOT = env.PROJECT_ROOT / "static" / "collected"

PRIVATE_FILES_ROOT = env.folder("PRIVATE_FILES_ROOT", PORTAL_VAR / "papers")
STORAGES = {
    "default": {"BACKEND": "wenxi_portal.core.private_files.PrivateStorage"},
    "private": {"BACKEND": "wenxi_portal.core.private_files.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A paper may weigh 20 MB; a whole request a little more. The request guard refuses larger ones unread.
PAPER_MAX_BYTES = env.number("PAPER_MAX_MEGABYTES", 20) * 1024 * 1024
REQUEST_MAX_BYTES = 5 * PAPER_MAX_BYTES
QUERY_STRING_MAX_BYTES = 8 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": env.PROJECT_ROOT / "static" / "dist" / "manifest.json",
        "static_url_prefix": "dist",
    }
}

# Uploaded sheets and their rows are erased so many days after the last deed; exported files after a day.
IMPORT_KEPT_DAYS = env.number("IMPORT_KEPT_DAYS", 30)
EXPORT_KEPT_HOURS = env.number("EXPORT_KEPT_HOURS", 24)
