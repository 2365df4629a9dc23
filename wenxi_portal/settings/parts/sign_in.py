"""Who may sign in and how: e-mail or mobile, codes, second factor for staff."""

from wenxi_portal.settings import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["wenxi_portal.accounts.backends.PortalBackend"]
# E-mail addresses are unique whatever their case, by a constraint of the database that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:after_sign_in"
LOGOUT_REDIRECT_URL = "pages:home"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "wenxi_portal.accounts.validators.LengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "wenxi_portal.accounts.validators.ThreeClassesValidator"},
    {
        "NAME": "wenxi_portal.accounts.validators.NotPersonalValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": "wenxi_portal.accounts.validators.NotCommonValidator"},
]

# Sessions are sealed, last 14 days, and 30 idle minutes for staff.
SESSION_SERIALIZER = "wenxi_portal.accounts.sessions.SealedSerializer"
SESSION_COOKIE_AGE = 14 * 24 * 3600
STAFF_IDLE_SECONDS = 30 * 60

# The dotted path of a class with send(mobile, text). Empty: nothing is offered that needs a text message.
PORTAL_SMS_GATEWAY = env.text("PORTAL_SMS_GATEWAY")


def login_methods(gateway: str) -> set[str]:
    """Return what one signs in with."""
    return {"email", "phone"} if gateway else {"email"}


def signup_fields(gateway: str) -> list[str]:
    """Return what a new account may give; our form asks for one of them. There is no password among them."""
    return ["email*", "phone"] if gateway else ["email*"]


ACCOUNT_ADAPTER = "wenxi_portal.accounts.views.adapter.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = login_methods(PORTAL_SMS_GATEWAY)
ACCOUNT_SIGNUP_FIELDS = signup_fields(PORTAL_SMS_GATEWAY)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True

# Codes: six digits, ten minutes, five tries, two more messages.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5

# "key" is the account. Offices share one address to the outside, so that limits by address ("ip") are wide.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "60/m/ip,5/15m/key",
    "login": "120/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key,10/15m/key",
    "reset_password": "60/m/ip,5/15m/key",
    "confirm_email": "1/10s/key",
    "verify_phone": "1/30s/key,60/m/ip",
    "change_phone": "5/m/user",
}
# How many proxies of ours stand before the portal and write X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

ACCOUNT_FORMS = {
    "login": "wenxi_portal.accounts.forms.sign_in.CodeSignInForm",
    "signup": "wenxi_portal.accounts.forms.sign_in.SignUpForm",
    "add_email": "wenxi_portal.accounts.forms.passwords.AddEmailForm",
    "change_password": "wenxi_portal.accounts.forms.passwords.ChangePasswordForm",
    "set_password": "wenxi_portal.accounts.forms.passwords.SetPasswordForm",
    "reset_password": "wenxi_portal.accounts.forms.passwords.ResetPasswordForm",
    "reset_password_from_key": "wenxi_portal.accounts.forms.passwords.ResetPasswordKeyForm",
    "reauthenticate": "wenxi_portal.accounts.forms.passwords.ReauthenticateForm",
    "confirm_login_code": "wenxi_portal.accounts.forms.codes.ConfirmSignInCodeForm",
    "confirm_email_verification_code": "wenxi_portal.accounts.forms.codes.ConfirmEmailCodeForm",
    "confirm_password_reset_code": "wenxi_portal.accounts.forms.codes.ConfirmPasswordResetCodeForm",
    "verify_phone": "wenxi_portal.accounts.forms.codes.ConfirmMobileCodeForm",
}

MFA_ADAPTER = "wenxi_portal.accounts.views.second_factor_adapter.PortalSecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "wenxi_portal.accounts.forms.codes.SecondStepForm",
    "reauthenticate": "wenxi_portal.accounts.forms.codes.SecondStepAgainForm",
    "activate_totp": "wenxi_portal.accounts.forms.codes.ActivateAppForm",
    "add_webauthn": "wenxi_portal.accounts.forms.keys.AddKeyForm",
    "edit_webauthn": "wenxi_portal.accounts.forms.keys.EditKeyForm",
}
