"""Celery: tasks are acknowledged after they ran, so that a killed worker loses none."""

from celery.schedules import crontab

from wenxi_portal.settings.parts.cache import REDIS_URL

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
# The worker's lines are made by the portal's own logging, which leaves out what the database quotes of a record.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 2, "socket_timeout": 30}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_BEAT_SCHEDULE = {
    "remove-ended-sessions": {
        "task": "wenxi_portal.accounts.tasks.remove_ended_sessions",
        "schedule": crontab(minute="40", hour="3"),
    },
    "close-expired-agreements": {
        "task": "bases.tasks.close_expired_agreements",
        "schedule": crontab(minute="10", hour="*"),
    },
    "stays-hourly": {
        "task": "internships.tasks.watch_stays",
        "schedule": crontab(minute="35", hour="*"),
    },
    "watch-claims": {
        "task": "internships.subsidies.tasks.watch_claims",
        "schedule": crontab(minute="5", hour="4"),
    },
    # After the hosts' day and before the office's.
    "prepare-claims": {
        "task": "internships.subsidies.tasks.prepare",
        "schedule": crontab(minute="15", hour="1"),
    },
    "end-notices": {
        "task": "internships.subsidies.tasks.end_notices",
        "schedule": crontab(minute="1-59/10"),
    },
    "prove-separation": {
        "task": "internships.subsidies.tasks.prove_separate_hands",
        "schedule": crontab(minute="45", hour="5"),
    },
    "sweep-arithmetic": {
        "task": "internships.subsidies.tasks.sweep_arithmetic",
        "schedule": crontab(minute="30", hour="4"),
    },
    "auditor-packs": {
        "task": "internships.subsidies.tasks.look_after_packs",
        "schedule": crontab(minute="2-59/5"),
    },
    "talent-nightly": {
        "task": "talent.tasks.nightly",
        "schedule": crontab(minute="20", hour="*"),
    },
    "sweep-impossible-rows": {
        "task": "talent.tasks.sweep_impossible",
        "schedule": crontab(minute="50", hour="5"),
    },
    # By day, so that no telephone rings at night.
    "ask-whether-correct": {
        "task": "talent.tasks.ask_whether_correct",
        "schedule": crontab(minute="35", hour="9-17"),
    },
    "talent-search-index": {
        "task": "talent.tasks.refresh_search_index",
        "schedule": crontab(minute="2-59/5"),
    },
    "talent-compare-people": {
        "task": "talent.tasks.compare_people",
        "schedule": crontab(minute="3-59/5"),
    },
    "talent-coverage": {
        "task": "talent.tasks.refresh_coverage",
        "schedule": crontab(minute="50"),
    },
    "lapse-applications": {
        "task": "internships.tasks.lapse",
        "schedule": crontab(minute="4-59/10"),
    },
    "send-nominations": {
        "task": "internships.tasks.send_nominations",
        "schedule": crontab(minute="*/5"),
    },
    "refresh-search-index": {
        "task": "bases.tasks.refresh_search_index",
        "schedule": crontab(minute="*/5"),
    },
    "close-positions": {
        "task": "internships.tasks.close_positions",
        "schedule": crontab(minute="*/10"),
    },
    "positions-search-index": {
        "task": "internships.tasks.refresh_search_index",
        "schedule": crontab(minute="4-59/5"),
    },
    "sweep-messages": {
        "task": "wenxi_portal.notifications.tasks.sweep",
        "schedule": crontab(),
    },
    "scan-reminders": {
        "task": "wenxi_portal.reminders.tasks.scan",
        "schedule": crontab(minute="*/5"),
    },
    "compare-reminders": {
        "task": "wenxi_portal.reminders.tasks.compare_everything",
        "schedule": crontab(minute="25", hour="2"),
    },
    "look-at-saved-views": {
        "task": "wenxi_portal.saved_views.tasks.look_for_new_rows",
        "schedule": crontab(minute="30", hour="7,8,9"),
    },
    "heartbeat": {
        "task": "wenxi_portal.reminders.tasks.heartbeat",
        "schedule": crontab(),
        # A beat that nobody took in time proves nothing later.
        "options": {"expires": 120},
    },
    "take-up-stuck-sheets": {
        "task": "wenxi_portal.spreadsheets.tasks.take_up_stuck",
        "schedule": crontab(minute="*"),
    },
    "retention": {
        "task": "wenxi_portal.audit.tasks.retention",
        "schedule": crontab(minute="50", hour="3"),
    },
    "erase-old-sheets": {
        "task": "wenxi_portal.spreadsheets.tasks.erase_old",
        "schedule": crontab(minute="25"),
    },
}
# Writes its own heartbeat, so that a stopped clock is told from a stopped worker.
CELERY_BEAT_SCHEDULER = "wenxi_portal.reminders.beat.BeatingScheduler"
