"""The database asks for the reviews before it lets a claim on (domain.md §4: three people a line).

It also asks for the leading group's decision from the amount on that the policy names, and for the re-check of whoever
was drawn.
"""

import pgtrigger

from internships.subsidies.enums import (
    AFTER_FIRST_REVIEW,
    AFTER_SECOND_REVIEW,
    SETTLED_STATES,
    ClaimState,
    Duty,
    RecheckVerdict,
)

# What the leading group decides on passes it before a notice, what was drawn is looked at before one.
AFTER_GROUP = tuple(state for state in AFTER_SECOND_REVIEW if state != ClaimState.SECOND_REVIEWED)
AFTER_RECHECK = tuple(state for state in AFTER_GROUP if state != ClaimState.GROUP_DECIDED)


def _states(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state!s}'" for state in states)


def _lacks(duty: Duty, round_: str = "AND duty.round = NEW.round") -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM subsidies_claimduty AS duty"  # noqa: S608 - words of our own
        f" WHERE duty.claim_id = NEW.id AND duty.duty = '{duty.value}' {round_})"
    )


_REVIEWED = f"""
    IF NEW.state IN ({_states(AFTER_FIRST_REVIEW)}) AND {_lacks(Duty.FIRST_REVIEW)} THEN
        RAISE EXCEPTION 'subsidies_claim_without_first_review';
    END IF;
    IF NEW.state IN ({_states(AFTER_SECOND_REVIEW)}) AND {_lacks(Duty.SECOND_REVIEW)} THEN
        RAISE EXCEPTION 'subsidies_claim_without_second_review';
    END IF;
    IF NEW.state IN ({_states(SETTLED_STATES)}) AND {_lacks(Duty.PAY, "")} THEN
        RAISE EXCEPTION 'subsidies_claim_paid_by_nobody';
    END IF;
    IF NEW.state IN ({_states(AFTER_GROUP)})
        AND (NEW.needs_group OR EXISTS (
            SELECT 1 FROM subsidies_policy AS policy WHERE policy.id = NEW.policy_id AND policy.group_from <= NEW.amount
        ))
        AND {_lacks(Duty.GROUP_DECISION)}
    THEN
        RAISE EXCEPTION 'subsidies_claim_without_group_decision';
    END IF;
    IF NEW.state IN ({_states(AFTER_RECHECK)}) AND EXISTS (
        SELECT 1 FROM subsidies_recheck AS drawn WHERE drawn.claim_id = NEW.id AND drawn.round = NEW.round
        AND drawn.verdict <> '{RecheckVerdict.AGREES.value}'
    ) THEN
        RAISE EXCEPTION 'subsidies_claim_before_its_recheck';
    END IF;
    RETURN NULL;
"""  # noqa: S608 - words of our own


def asks_for_reviews() -> pgtrigger.Trigger:
    """Return the trigger that looks at the commit: state and duty are written in one transaction, in either order.

    Claims before their first review leave nothing to look at: a hundred thousand drafts cost the commit nothing.
    """
    return pgtrigger.Trigger(
        name="asks_for_reviews",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "round"),
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition(f"NEW.state IN ({_states(AFTER_FIRST_REVIEW)})"),
        func=_REVIEWED,
    )
