"""What rooms do when something happens in the apps below."""

from tandemwerk.core.events import subscribe
from tandemwerk.core.jobs import enqueue
from tandemwerk.rooms.jobs import agreement_after_leaving, reviews_after_leaving
from tandemwerk.tandems.events import MemberLeft


@subscribe(MemberLeft)
def settle_agreement(event: MemberLeft) -> None:
    """A signature that was missing may be missing no more."""
    enqueue(agreement_after_leaving, tandem_pk=event.tandem_pk)


@subscribe(MemberLeft)
def settle_reviews(event: MemberLeft) -> None:
    """Answers that were missing may be missing no more."""
    enqueue(reviews_after_leaving, tandem_pk=event.tandem_pk)
