"""What tandems do when something happens in the apps below."""

from tandemwerk.core.events import subscribe
from tandemwerk.core.jobs import enqueue
from tandemwerk.programmes.events import ChemistryLearningSwitched
from tandemwerk.tandems.jobs import chemistry_learn


@subscribe(ChemistryLearningSwitched)
def learn_or_forget(event: ChemistryLearningSwitched) -> None:
    """Other meetings count now, or none any more."""
    enqueue(chemistry_learn, organisation_pk=event.organisation_pk)
