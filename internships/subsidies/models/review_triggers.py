"""The database asks for the reviews before it lets a claim on (domain.md §4: three people a line)."""

import pgtrigger

from internships.subsidies.enums import AFTER_FIRST_REVIEW, AFTER_SECOND_REVIEW, SETTLED_STATES, Duty


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
    RETURN NULL;
"""


def asks_for_reviews() -> pgtrigger.Trigger:
    """Return the trigger that looks at the commit: state and duty are written in one transaction, in either order."""
    return pgtrigger.Trigger(
        name="asks_for_reviews",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "round"),
        timing=pgtrigger.Deferred,
        func=_REVIEWED,
    )
