from tandemwerk.safeguarding.models.cases import (
    Case,
    CaseItem,
    CaseKey,
    CaseNote,
    CaseReader,
    CaseView,
)
from tandemwerk.safeguarding.models.people import EmergencyText, SafeguardingPerson

__all__ = [
    "Case",
    "CaseItem",
    "CaseKey",
    "CaseNote",
    "CaseReader",
    "CaseView",
    "EmergencyText",
    "SafeguardingPerson",
]
