"""The SQL of a scan, one statement for each deed, whatever the number of rows."""

# Up to ``size`` deadlines to look at now, locked; another scan takes others.
PICK = """
SELECT id, kind, due_on FROM reminders_deadline
WHERE next_at <= %(now)s ORDER BY next_at LIMIT %(size)s FOR NO KEY UPDATE SKIP LOCKED
"""

# Shared by LEDGER and ADVANCE: the rungs of the due dates at hand, and those among them that have come.
_COME = """
WITH rung AS (
    SELECT * FROM unnest(%(kinds)s::text[], %(dues)s::date[], %(positions)s::int[], %(steps)s::text[],
                         %(ats)s::timestamptz[], %(untils)s::timestamptz[], %(audiences)s::text[],
                         %(escalates)s::boolean[], %(escalate_ats)s::timestamptz[])
        AS one (kind, due_on, position, step, at, sensible_until, audience, escalates, escalate_at)
),
come AS (
    SELECT d.id, d.kind, d.object_id, d.version, d.due_on, d.unit_id, d.owner_id, rung.position, rung.step, rung.at,
           rung.audience,
           CASE WHEN rung.sensible_until <= %(now)s THEN 'too_late'
                WHEN NOT rung.escalates AND rung.position < max(rung.position) OVER (PARTITION BY d.id, rung.escalates)
                THEN 'superseded' ELSE '' END AS reason
    FROM reminders_deadline d JOIN rung USING (kind, due_on)
    WHERE d.id = ANY(%(ids)s) AND rung.position >= d.next_position
      AND CASE WHEN rung.escalates THEN d.next_position = rung.position ELSE rung.at <= %(now)s END
)
"""

# For each step that has come: whom it is for (declared audience, else heads, else the department), by which
# channels, or why not.
LEDGER = """{come},
department AS (
    SELECT u.id AS user_id FROM accounts_user u JOIN accounts_user_groups ug ON ug.user_id = u.id
    JOIN auth_group g ON g.id = ug.group_id WHERE g.name = %(department)s AND u.is_active
),
candidate AS (
    SELECT come.*, p.tier, p.user_id, p.has_left, u.is_active AND NOT p.has_left AS reachable
    FROM come LEFT JOIN LATERAL (
        SELECT 1 AS tier, come.owner_id AS user_id,
               -- Whoever never belonged to the unit (an officer of the department, a collector) has not left it.
               coalesce((
                   SELECT NOT bool_or(since <= %(today)s AND (until IS NULL OR until >= %(today)s))
                   FROM organisations_membership m
                   WHERE m.organisation_id = come.unit_id AND m.user_id = come.owner_id AND since <= %(today)s
               ), false) AS has_left
        WHERE come.reason = '' AND come.audience = 'owner' AND come.owner_id IS NOT NULL
        UNION ALL
        SELECT CASE come.audience WHEN 'owner' THEN 2 ELSE 1 END, m.user_id, false
        FROM organisations_membership m
        WHERE come.reason = '' AND m.organisation_id = come.unit_id AND (come.audience = 'unit' OR m.is_head)
          AND since <= %(today)s AND (until IS NULL OR until >= %(today)s)
    ) p ON true LEFT JOIN accounts_user u ON u.id = p.user_id
),
judged AS (
    SELECT candidate.*, min(tier) FILTER (WHERE reachable) OVER step AS reached,
           row_number() OVER (PARTITION BY id, position) AS nth
    FROM candidate WINDOW step AS (PARTITION BY id, position)
),
person AS (
    SELECT id, kind, object_id, version, due_on, step, at, user_id, has_left FROM judged
    WHERE user_id IS NOT NULL AND tier <= coalesce(reached, 2)
    UNION ALL
    SELECT id, kind, object_id, version, due_on, step, at, department.user_id, false
    FROM judged CROSS JOIN department WHERE reason = '' AND reached IS NULL AND nth = 1
),
way AS (
    SELECT * FROM unnest(%(way_kinds)s::text[], %(way_channels)s::text[], %(way_usual)s::boolean[],
                         %(way_mandatory)s::boolean[]) AS one (kind, channel, usual, mandatory)
),
addressed AS (
    SELECT person.*, way.channel, NOT u.is_active OR person.has_left AS gone, way.usual,
           way.channel = ANY(%(ringing)s) AND NOT way.mandatory AS counts,
           coalesce(choice.wanted, way.usual) OR way.mandatory AND way.channel = 'inbox' AS wanted,
           CASE WHEN NOT u.is_active THEN 'account_disabled' WHEN person.has_left THEN 'left_unit'
                WHEN NOT (coalesce(choice.wanted, way.usual) OR way.mandatory AND way.channel = 'inbox')
                THEN 'switched_off'
                WHEN way.channel = 'email' AND u.email IS NULL OR way.channel = 'sms' AND NOT u.mobile_verified
                THEN 'no_address' ELSE '' END AS why
    FROM person JOIN way ON way.kind = person.kind JOIN accounts_user u ON u.id = person.user_id
         LEFT JOIN notifications_channelchoice choice
             ON choice.user_id = u.id AND choice.kind = person.kind AND choice.channel = way.channel
),
-- One value that is looked up, not a table that the planner might go through again and again.
used AS MATERIALIZED (
    SELECT jsonb_object_agg(recipient_id, number) AS numbers FROM (
        SELECT recipient_id, count(*) AS number FROM reminders_ledgerentry
        WHERE state = 'sent' AND channel <> 'inbox' AND at > %(week_ago)s AND kind <> ALL(%(mandatory)s)
        GROUP BY recipient_id
    ) counted
),
ranked AS (
    SELECT addressed.*, counts AND why = ''
           AND coalesce(((SELECT numbers FROM used) ->> user_id::text)::int, 0)
               + row_number() OVER (PARTITION BY user_id, counts AND why = '' ORDER BY at, id, channel) > %(cap)s
           AS too_many
    FROM addressed WHERE CASE WHEN gone THEN channel = 'inbox' ELSE usual OR wanted END
),
outcome AS (
    SELECT id, kind, object_id, version, due_on, step, at, user_id,
           CASE WHEN gone THEN '' ELSE channel END AS channel,
           CASE WHEN too_many THEN 'weekly_cap' ELSE why END AS reason
    FROM ranked
    UNION ALL
    SELECT id, kind, object_id, version, due_on, step, at, NULL, '', reason FROM come WHERE reason <> ''
    UNION ALL
    SELECT id, kind, object_id, version, due_on, step, at, NULL, '', 'nobody' FROM judged
    WHERE reason = '' AND reached IS NULL AND nth = 1 AND NOT EXISTS (SELECT FROM department)
),
written AS (
    INSERT INTO reminders_ledgerentry
        (kind, object_id, version, due_on, step, recipient_id, channel, state, reason, note, planned_at, at, run_id)
    SELECT kind, object_id, version, due_on, step, user_id, channel,
           CASE reason WHEN '' THEN 'sent' ELSE 'skipped' END, reason, '', at, %(now)s, %(run)s
    FROM outcome
    ON CONFLICT (kind, object_id, version, step, recipient_id, channel) DO NOTHING
    RETURNING id, state
)
SELECT coalesce(array_agg(id) FILTER (WHERE state = 'sent'), '{}'), count(*) FILTER (WHERE state = 'skipped')
FROM written
""".replace("{come}", _COME.strip())

# Each deadline looks at its next rung next; the escalation counts from the step that went out just now.
ADVANCE = """{come},
passed AS (SELECT id, max(position) AS position FROM come GROUP BY id),
following AS (
    SELECT d.id, d.kind, d.due_on, coalesce(passed.position + 1, d.next_position) AS position,
           passed.id IS NOT NULL AS moved
    FROM reminders_deadline d LEFT JOIN passed ON passed.id = d.id WHERE d.id = ANY(%(ids)s)
)
UPDATE reminders_deadline d
SET next_position = following.position,
    next_at = CASE WHEN rung.escalates AND following.moved THEN rung.escalate_at ELSE rung.at END
FROM following LEFT JOIN rung
     ON rung.kind = following.kind AND rung.due_on = following.due_on AND rung.position = following.position
WHERE d.id = following.id
""".replace("{come}", _COME.strip())

# What the outbox writes for the entries just made.
MESSAGES = """
SELECT entry.recipient_id, entry.kind, entry.channel, 'reminder:' || entry.id,
       jsonb_build_object('object', entry.object_id, 'title', d.title, 'due', entry.due_on, 'step', entry.step,
                          'escalated', entry.step = %(escalation)s),
       entry.kind = ANY(%(urgent)s)
FROM reminders_ledgerentry entry JOIN reminders_deadline d USING (kind, object_id)
WHERE entry.id = ANY(%(entries)s)
"""

# Rows of a kind whose deadline is missing or says something else. ``{open}`` yields object_id, due_on, unit_id,
# owner_id, title; ``{only}`` narrows to what was touched.
COMPARE = """
INSERT INTO reminders_deadline AS kept
    (kind, object_id, title, unit_id, owner_id, due_on, version, next_position, next_at)
SELECT %s, source.object_id, left(source.title, 200), source.unit_id, source.owner_id, source.due_on, 1, 0,
       (source.due_on + %s::int + %s::time) AT TIME ZONE %s
FROM ({open}) AS source (object_id, due_on, unit_id, owner_id, title)
LEFT JOIN reminders_deadline known ON known.kind = %s AND known.object_id = source.object_id
WHERE known.id IS NULL OR known.resolved_at IS NOT NULL
   OR (known.due_on, known.title, known.unit_id, known.owner_id)
      IS DISTINCT FROM (source.due_on, left(source.title, 200), source.unit_id, source.owner_id)
ON CONFLICT (kind, object_id) DO UPDATE SET
    title = excluded.title, unit_id = excluded.unit_id, owner_id = excluded.owner_id, due_on = excluded.due_on,
    version = kept.version + (kept.due_on <> excluded.due_on OR kept.resolved_at IS NOT NULL)::int,
    next_position = CASE WHEN kept.due_on <> excluded.due_on OR kept.resolved_at IS NOT NULL
                         THEN 0 ELSE kept.next_position END,
    next_at = CASE WHEN kept.due_on <> excluded.due_on OR kept.resolved_at IS NOT NULL
                   THEN excluded.next_at ELSE kept.next_at END,
    resolved_at = NULL
"""

RESOLVE = """
UPDATE reminders_deadline d SET resolved_at = %s, next_at = NULL
WHERE d.kind = %s AND d.resolved_at IS NULL {only}
  AND NOT EXISTS (SELECT FROM ({open}) AS source (object_id, due_on, unit_id, owner_id, title)
                  WHERE source.object_id = d.object_id)
"""
