"""What every way of running the portal shares. Each concern is a file under ``parts``."""

from wenxi_portal.settings.parts.admin import *
from wenxi_portal.settings.parts.apps import *
from wenxi_portal.settings.parts.background import *
from wenxi_portal.settings.parts.cache import *
from wenxi_portal.settings.parts.database import *
from wenxi_portal.settings.parts.files import *
from wenxi_portal.settings.parts.follow_up import *
from wenxi_portal.settings.parts.internships import *
from wenxi_portal.settings.parts.language import *
from wenxi_portal.settings.parts.logging import *
from wenxi_portal.settings.parts.mail import *
from wenxi_portal.settings.parts.notifications import *
from wenxi_portal.settings.parts.retention import *
from wenxi_portal.settings.parts.security import *
from wenxi_portal.settings.parts.sign_in import *
from wenxi_portal.settings.parts.site import *
from wenxi_portal.settings.parts.subsidies import *

# Demo sign-in and synthetic records; only the development settings may turn it on.
PORTAL_DEMO = False
