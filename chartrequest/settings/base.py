"""What every installation shares. `embedded`, `production` and `testing` choose the rest."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.FileAwareEnv()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = False
SANDBOX = False
ROOT_URLCONF = "chartrequest.urls"
WSGI_APPLICATION = "chartrequest.wsgi.application"
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "ChartRequest"

INSTALLED_APPS = [
    "audit",
    "outbox",
    "documents",
    "accounts",
    "directory",
    "correspondence",
    "billing",
    "requests_app",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "csp",
    "django_fsm",
    "django_htmx",
    "localflavor",
    "lucide",
    "phonenumber_field",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "chartrequest.middleware.harden",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chartrequest.middleware.whole_page",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.acting_member",
    "accounts.own_account.middleware.their_language",
    "accounts.own_account.middleware.last_seen",
    "accounts.door.door",
    "accounts.idle.middleware.idle",
    "audit.middleware.refusals",
    "chartrequest.forms.answers.unprocessable",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "chartrequest.context.site",
            ],
            "builtins": ["chartrequest.templatetags.ui"],
        },
    },
]

# Pages ask short questions: starting parallel workers, or compiling a query, takes longer than answering it.
POSTGRES_OPTIONS = {"options": "-c jit=off -c max_parallel_workers_per_gather=0"}

# No ATOMIC_REQUESTS: each verb opens its own transaction, and no call to the bank runs inside one.

# People ------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# NIST 800-63B: length and known-bad passwords, no composition rules.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.two_step.LongEnough"},
    {"NAME": "accounts.passwords.HardToGuess"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# The phone is for whoever would rather be verified by text (product 2.2).
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Six digits, ten minutes, five tries, a minute between sends (trust.md, "Sign-in").
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = 2
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = 5
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = 2
ACCOUNT_CHANGE_EMAIL = True  # confirmed at the new address, told at the old (product 2.6)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the others end by themselves (product 2.6), this one stays
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an email address is changed
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/my-account/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ConfirmItIsYouForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "add_email": "accounts.own_account.contact_forms.NewEmailForm",
    "signup": "accounts.joining.forms.SignUpForm",
}
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/15m/key,60/15m/ip",
    # The same ten for whoever sits down at somebody's open session.
    "reauthenticate": "10/15m/user",
    "change_password": "10/15m/user",
    "reset_password": "20/m/ip,5/15m/key",
    # Not allauth's own: the public status check and the signing page count here too.
    "check_status": "30/5m/ip",
    "manage_email": "10/15m/user",
    "change_phone": "5/15m/user",
    # Codes sent to one address or number, and wrong ones typed for one account, one address or one number.
    "confirm_email": "1/60s/key,10/h/key",
    "verify_phone": "1/60s/key,10/h/key,10/m/ip",
    "guess_code": "10/h/key",
    "signup": "20/m/ip",
    "sign": "60/5m/ip",
    # Paying an invoice by its link, and sending the link to somebody.
    "pay_link": "60/5m/ip",
    "send_pay_link": "30/h/user,5/h/key",
    # Who is behind an NPI, and asking to join again and again.
    "npi": "30/5m/user",
    "ask_to_join": "10/h/user",
    "invitation": "60/5m/ip",
    # Letters that members have us send: nobody's mailbox is filled by it, and we are no relay for advertising.
    "invite": "60/h/user,5/h/key",
    # Providers that somebody misses in the directory: a person of ops reads each.
    "suggest": "20/h/user",
}
MFA_ADAPTER = "accounts.adapter.TwoStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Nobody gets in without a verified address or number (accounts/stages.py); who chose the number may protect it too.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.own_account.two_step_forms.SecondStepForm",
    "reauthenticate": "accounts.own_account.two_step_forms.ConfirmByCodeForm",
    "activate_totp": "accounts.own_account.two_step_forms.AuthenticatorForm",
    "add_webauthn": "accounts.own_account.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.own_account.passkey_forms.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.own_account.passkey_forms.SecondStepByPasskeyForm",
    "reauthenticate_webauthn": "accounts.own_account.passkey_forms.ConfirmByPasskeyForm",
    "login_webauthn": "accounts.own_account.passkey_forms.SignInByPasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
# Seconds without a click until somebody is signed out (product 2.12), and how long before they are warned.
IDLE_PROFESSIONAL = 15 * 60
IDLE_PATIENT = 30 * 60
IDLE_WARNING = 2 * 60
# What people accept when they sign up (product 7.4). A new text is a new version.
AGREEMENT_VERSION = "2026-11"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "chartrequest.views.csrf_failure"
# A message may say more than a cookie should hold.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Pages -------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-src": [SELF],
    }
}
FORM_RENDERER = "chartrequest.forms.Renderer"

# Words and time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Days of the business (due dates, prices, expiry) turn over here; see docs/decisions/0007-days.md.
BUSINESS_TIME_ZONE = "America/New_York"
PHONENUMBER_DEFAULT_REGION = "US"

# Uploads: anything above 1 MiB goes to a temporary file, so memory stays flat ------------------------
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.receiving.ToDisk",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# Background work: acks late, so that a killed worker's task is given again ---------------------------
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
# Seconds a job may take. A job that is still "running" after its lease belongs to a worker that died, and is taken
# up again; Redis gives a dead worker's task back later still. Only the tests of faults shorten it.
JOB_TIME_LIMIT = env.int("JOB_TIME_LIMIT", 900)
JOB_LEASE = JOB_TIME_LIMIT + max(5, JOB_TIME_LIMIT // 15)
CELERY_TASK_TIME_LIMIT = JOB_TIME_LIMIT
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker outlasts any outage
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # also a Redis that answers, and takes no writes
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ENABLE_UTC = True
# Measured: without these a web request waits 6 s for each job while Redis is down, and for ever while it hangs.
REDIS_SOCKETS = {"socket_connect_timeout": 2, "socket_timeout": 5, "socket_keepalive": True}
REDIS_BROKER_OPTIONS = {
    **REDIS_SOCKETS,
    "visibility_timeout": 2 * JOB_TIME_LIMIT,
    "max_retries": 0,  # of one who publishes; a worker has its own patience
}
OUTBOX_POKE = True
CELERY_BEAT_SCHEDULE = {
    "take up what is due": {
        "task": "outbox.tasks.take_up_due",
        "schedule": 15.0,
        "options": {"expires": 14},
    },
    "compare with the bank": {
        "task": "billing.tasks.compare_with_the_bank",
        "schedule": crontab(minute=5, hour=9),  # UTC: yesterday is over wherever the business is
    },
    "tidy stored files": {
        "task": "documents.tasks.sweep_orphans",
        "schedule": crontab(minute=17, hour=4),
    },
    # Hourly, though days are counted: a beat that was off at midnight is late by an hour, not by a day.
    "warn and end what waits too long": {
        "task": "requests_app.tasks.sweep_requests",
        "schedule": crontab(minute=7),
        "options": {"expires": 50 * 60},
    },
    "delete old drafts": {
        "task": "requests_app.tasks.sweep_drafts",
        "schedule": crontab(minute=37, hour="*/6"),
        "options": {"expires": 60 * 60},
    },
}

# Who operates this installation (on invoices; product 7.5) -------------------------------------------
OPERATOR = {
    "legal_name": env.str("OPERATOR_LEGAL_NAME", "MYHEALTH, LLC dba ChartRequest"),
    "tax_id": env.str("OPERATOR_TAX_ID", "46-4228040"),
    "tax_class": env.str("OPERATOR_TAX_CLASS", "Limited liability company"),  # as Form W-9 wants it, line 3a
    "signer": env.str("OPERATOR_W9_SIGNER", ""),  # who signed the W-9, and on which day, as it is printed
    "signed_on": env.str("OPERATOR_W9_SIGNED_ON", ""),
    "payee": "ChartRequest",
    "remit_to": ["PO BOX 931035", "Atlanta, GA 31193-1035"],
    "phone": env.str("OPERATOR_PHONE", "(888) 895-8366"),
    "email": env.str("OPERATOR_EMAIL", "support@chartrequest.example"),
}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "ChartRequest <no-reply@chartrequest.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
FEE_SCHEDULES_FILE = BASE_DIR / "data" / "fee_schedules.toml"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_health_information": {"()": "chartrequest.logs.Scrub"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_health_information"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "ERROR"},
        "pypdf": {"level": "CRITICAL"},
        "stripe": {"level": "WARNING"},
        # Django would print the address with its query string.
        "django.request": {"level": "ERROR"},
        # Whoever scans the internet brings any host name; 400 is the answer.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
