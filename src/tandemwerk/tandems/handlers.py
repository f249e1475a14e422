"""What tandems do when something happens in the apps below."""

from tandemwerk.core.events import subscribe
from tandemwerk.core.jobs import enqueue
from tandemwerk.programmes.events import ChemistryLearningSwitched
from tandemwerk.tandems.events import MemberLeft
from tandemwerk.tandems.jobs import chemistry_learn, closing_after_leaving


@subscribe(ChemistryLearningSwitched)
def learn_or_forget(event: ChemistryLearningSwitched) -> None:
    """Other meetings count now, or none any more."""
    enqueue(chemistry_learn, organisation_pk=event.organisation_pk)


@subscribe(MemberLeft)
def settle_closing(event: MemberLeft) -> None:
    """A confirmation that was missing may be missing no more."""
    enqueue(closing_after_leaving, tandem_pk=event.tandem_pk)
