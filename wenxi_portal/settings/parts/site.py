"""The county that runs this portal. Every line can be set; numbers given by authorities are empty until set."""

from wenxi_portal.settings import env

PORTAL_COUNTY = env.text("PORTAL_COUNTY", "闻喜县")
PORTAL_COUNTY_EN = env.text("PORTAL_COUNTY_EN", "Wenxi County")
PORTAL_COUNTY_CODE = env.text("PORTAL_COUNTY_CODE", "140823")
PORTAL_ORGANISER = env.text("PORTAL_ORGANISER", "中共闻喜县委组织部")
PORTAL_ORGANISER_EN = env.text("PORTAL_ORGANISER_EN", "Organization Department, CPC Wenxi County Committee")
PORTAL_SITE_NAME = env.text("PORTAL_SITE_NAME", "闻喜县校合作平台")
PORTAL_SITE_NAME_EN = env.text("PORTAL_SITE_NAME_EN", "Wenxi County–University Cooperation")
PORTAL_CONTACT_PHONE = env.text("PORTAL_CONTACT_PHONE")
PORTAL_CONTACT_EMAIL = env.text("PORTAL_CONTACT_EMAIL")
PORTAL_CONTACT_ADDRESS = env.text("PORTAL_CONTACT_ADDRESS")
PORTAL_SITE_CODE = env.text("PORTAL_SITE_CODE")
PORTAL_ICP_NUMBER = env.text("PORTAL_ICP_NUMBER")
PORTAL_POLICE_NUMBER = env.text("PORTAL_POLICE_NUMBER")

# Sample parameters, not rules of the county: after how many days a plan or an intent counts as overdue.
PORTAL_PLANNED_DAYS = env.number("PORTAL_PLANNED_DAYS", 60)
PORTAL_INTENT_DAYS = env.number("PORTAL_INTENT_DAYS", 180)
# A file with Chinese characters for pictures drawn on the server; empty: one of the usual packages, if there is one.
PORTAL_CJK_FONT = env.text("PORTAL_CJK_FONT")

# The lead unit that keeps the one window, by the name it has on file. That it is this unit is inferred from its tasks.
WINDOW_UNIT = env.text("WINDOW_UNIT", "闻喜县人社局")
