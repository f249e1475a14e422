"""What pairing adds to a person's export: what was suggested to them, and pairs ruled out."""

from typing import Any

from tandemwerk.pairing.selectors.mine import lines_of, rules_of
from tandemwerk.people.export import exporter
from tandemwerk.people.models import User


@exporter("pairing")
def pairing(user: User) -> dict[str, Any]:
    """Published suggestions with reasons, and the rules about the person. Two queries.

    Suggestions nobody published were never about to reach the person; they are deleted with it.
    """
    return {
        "suggestions": [
            {
                "cohort": line.run.cohort.name,
                "published_at": line.run.published_at,
                "score": line.score,
                "reasons": line.reasons,
            }
            for line in lines_of(user)
        ],
        "pair_rules": [
            {"kind": rule.kind, "source": rule.source, "created_at": rule.created_at}
            for rule in rules_of(user)
        ],
    }
