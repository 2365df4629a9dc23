"""Rules of internships that the published programme leaves open: sample parameters (示例参数), to be set by the county.

Days are calendar days unless the name says working days; money is yuan.
"""

from wenxi_portal.settings import env

# A published position is closed when the host has not confirmed it again within so many days.
POSITION_RECONFIRM_DAYS = env.number("POSITION_RECONFIRM_DAYS", 30)
# So many working days the lead unit has for the review of a position.
POSITION_REVIEW_WORKING_DAYS = env.number("POSITION_REVIEW_WORKING_DAYS", 3)
# A host's answer rate and time are public after so many applications.
HOST_RECORD_FROM = env.number("HOST_RECORD_FROM", 10)
# How many applications of one student may be under way at once.
APPLICATIONS_AT_ONCE = env.number("APPLICATIONS_AT_ONCE", 3)
# So many working days the host has to answer an application.
APPLICATION_ANSWER_WORKING_DAYS = env.number("APPLICATION_ANSWER_WORKING_DAYS", 5)
# After so many more working days of silence an application lapses, so that the student is free for another.
APPLICATION_LAPSE_WORKING_DAYS = env.number("APPLICATION_LAPSE_WORKING_DAYS", 10)
# A student has so many days to complete an application that was handed back.
HAND_BACK_DAYS = env.number("HAND_BACK_DAYS", 7)
# An offer is open for so many days, and a draft is kept for so many.
OFFER_DAYS = env.number("OFFER_DAYS", 3)
DRAFT_DAYS = env.number("DRAFT_DAYS", 30)
# A nominated student answers within so many days.
NOMINATION_DAYS = env.number("NOMINATION_DAYS", 7)
# Youngest age of an intern, and the age from which no guardian is asked (national rules on student internships).
YOUNGEST_INTERN = 16
ADULT = 18
# The sum insured that the published programme names for each intern.
INSURANCE_SUM = env.number("INSURANCE_SUM", 330000)
# So many days after the last day of a stay the host still sees how to reach the student (appraisal, certificate).
CONTACT_DAYS_AFTER_STAY = env.number("CONTACT_DAYS_AFTER_STAY", 30)
# So many days the link holds with which a party confirms the three-party agreement.
AGREEMENT_LINK_DAYS = env.number("AGREEMENT_LINK_DAYS", 14)
# How often somebody may look a certificate up: so many codes in an hour from one address.
CERTIFICATE_LOOKUPS_AN_HOUR = env.number("CERTIFICATE_LOOKUPS_AN_HOUR", 120)
# So many days after the last day the host has to appraise.
APPRAISAL_DAYS = env.number("APPRAISAL_DAYS", 7)
# So many working days the host has to answer an objection to a sheet.
OBJECTION_ANSWER_WORKING_DAYS = env.number("OBJECTION_ANSWER_WORKING_DAYS", 3)
# So many working days the office has to answer a request for support (urgent ones: one), and one at the window.
SUPPORT_WORKING_DAYS = env.number("SUPPORT_WORKING_DAYS", 2)
SERVICE_WORKING_DAYS = env.number("SERVICE_WORKING_DAYS", 5)
# A host confirms attendance within so many working days after the month, a student objects within so many after that.
ATTENDANCE_WORKING_DAYS = env.number("ATTENDANCE_WORKING_DAYS", 5)
OBJECTION_WORKING_DAYS = env.number("OBJECTION_WORKING_DAYS", 5)
