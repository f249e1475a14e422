from tandemwerk.tandems.views.answers import (
    tandem_accept,
    tandem_confirm,
    tandem_decline,
    tandem_end,
    tandem_meeting,
)
from tandemwerk.tandems.views.certificate import tandem_certificate
from tandemwerk.tandems.views.coordination import cohort_tandems, run_publish
from tandemwerk.tandems.views.room import tandem_detail, tandem_list

__all__ = [
    "cohort_tandems",
    "run_publish",
    "tandem_accept",
    "tandem_certificate",
    "tandem_confirm",
    "tandem_decline",
    "tandem_detail",
    "tandem_end",
    "tandem_list",
    "tandem_meeting",
]
