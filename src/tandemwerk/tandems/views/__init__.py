from tandemwerk.tandems.views.answers import (
    tandem_accept,
    tandem_confirm,
    tandem_decline,
    tandem_end,
    tandem_meeting,
)
from tandemwerk.tandems.views.asking import check_in_take_up, help_detail
from tandemwerk.tandems.views.blocking import tandem_block
from tandemwerk.tandems.views.certificate import tandem_certificate
from tandemwerk.tandems.views.coordination import cohort_tandems, run_publish
from tandemwerk.tandems.views.help import tandem_help
from tandemwerk.tandems.views.joining import joining_detail, joining_withdraw, tandem_grow
from tandemwerk.tandems.views.journey import journey_move_tandems, journey_preview
from tandemwerk.tandems.views.room import tandem_detail, tandem_list
from tandemwerk.tandems.views.signals import (
    tandem_again,
    tandem_check_in,
    tandem_pause,
    tandem_resume,
    tandem_signals,
)

__all__ = [
    "check_in_take_up",
    "cohort_tandems",
    "help_detail",
    "joining_detail",
    "joining_withdraw",
    "journey_move_tandems",
    "journey_preview",
    "run_publish",
    "tandem_accept",
    "tandem_again",
    "tandem_block",
    "tandem_certificate",
    "tandem_check_in",
    "tandem_confirm",
    "tandem_decline",
    "tandem_detail",
    "tandem_end",
    "tandem_grow",
    "tandem_help",
    "tandem_list",
    "tandem_meeting",
    "tandem_pause",
    "tandem_resume",
    "tandem_signals",
]
