"""Facts that programmes tell the apps above, after commit. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChemistryLearningSwitched:
    """A programme of this organisation began or ceased to learn from first meetings."""

    organisation_pk: int
