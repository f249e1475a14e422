"""What an organisation's programmes have learned from first meetings."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from tandemwerk.pairing.selectors.chemistry import learning_data
from tandemwerk.people.requests import person
from tandemwerk.programmes.selectors.visible import programmes_run_by

router = Router()


class LearningOut(Schema):
    """Figures about meetings together, nothing about a person."""

    is_on: bool = Field(description="Switched with `learns_from_chemistry` of the programme.")
    meetings: int
    groups: int = Field(description="Cohorts that these meetings belong to.")
    least_meetings: int
    least_groups: int
    shortage: str = Field(description="pairs, groups or answers: what there is too little of.")
    learned_at: datetime | None = Field(description="null: off, or not looked through yet.")
    evaluation: dict[str, Any] | None = Field(
        description="rate; match and constant: auc, log_loss, brier and ece with 90 % intervals, "
        "each cohort held out in turn; steps: what was said and what came true."
    )


@router.get(
    "/programmes/{int:programme_pk}/chemistry-learning",
    response=LearningOut,
    url_name="chemistry_learning",
)
def chemistry_learning(request: HttpRequest, programme_pk: int) -> dict[str, Any]:
    """How far learning from first meetings is, and how far it can be trusted."""
    return learning_data(get_object_or_404(programmes_run_by(person(request)), pk=programme_pk))
