from tandemwerk.safeguarding.models.cases import Case, CaseItem, CaseKey, CaseNote, CaseView
from tandemwerk.safeguarding.models.people import EmergencyText, SafeguardingPerson

__all__ = [
    "Case",
    "CaseItem",
    "CaseKey",
    "CaseNote",
    "CaseView",
    "EmergencyText",
    "SafeguardingPerson",
]
