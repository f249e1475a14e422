"""Who was proposed to whom: never the same two again."""

from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.pairing.enums import RuleKind, RuleSource
from tandemwerk.pairing.models import PairRule
from tandemwerk.programmes.models import Participation


@transaction.atomic
def history_forbid(*, mentee: Participation, mentor: Participation, now: datetime) -> PairRule:
    """Remember that these two were proposed to each other; takes the place of a lock or ban.

    Holds for every later run of every cohort in which the two people meet. Repeating it changes
    nothing. Both participations belong to one cohort.
    """
    rule, is_new = PairRule.objects.get_or_create(
        cohort_id=mentee.cohort_id,
        mentee=mentee,
        mentor=mentor,
        defaults={
            "kind": RuleKind.FORBIDDEN,
            "source": RuleSource.HISTORY,
            "created_at": now,
        },
    )
    if not is_new:
        if rule.source == RuleSource.HISTORY and rule.kind == RuleKind.FORBIDDEN:
            return rule
        rule.kind, rule.source = RuleKind.FORBIDDEN, RuleSource.HISTORY
        rule.save(update_fields=["kind", "source"])
    audit_record(
        action="pair_rule.history",
        about=rule,
        now=now,
        programme_id=mentee.cohort.programme_id,
        details={"mentee": mentee.pk, "mentor": mentor.pk},
    )
    return rule
