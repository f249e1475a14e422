"""Who may call the pages of this app.

Everybody reports and sees their own reports (in the matrix the mentee has sent one). Cases are for
safeguarding people alone; who they are is the owner's choice and known to all who run something.
"""

from tandemwerk.core.access import EVERYONE, SIGNED_IN, STAFF, Access, Actor, access

SAFEGUARD = frozenset({Actor.SAFEGUARD})
REPORTER = frozenset({Actor.MENTEE})
OWNER = frozenset({Actor.OWNER})

ACCESS: dict[str, Access] = {
    "safeguarding:report_new": access(SIGNED_IN, "GET", "POST"),
    "safeguarding:report_list": access(SIGNED_IN, "GET"),
    "safeguarding:report_detail": access(REPORTER, "GET"),
    "safeguarding:report_readers": access(REPORTER, "POST"),
    "safeguarding:case_list": access(SAFEGUARD, "GET"),
    "safeguarding:case_detail": access(SAFEGUARD, "GET"),
    "safeguarding:case_hand_over": access(SAFEGUARD, "POST"),
    "safeguarding:case_note": access(SAFEGUARD, "POST"),
    "safeguarding:case_begin": access(SAFEGUARD, "POST"),
    "safeguarding:case_close": access(SAFEGUARD, "POST"),
    "safeguarding:case_reopen": access(SAFEGUARD, "POST"),
    "safeguarding:case_file": access(SAFEGUARD, "GET"),
    "safeguarding:people": access(STAFF, "GET"),
    "safeguarding:safeguarder_name": access(OWNER, "POST"),
    "safeguarding:safeguarder_remove": access(OWNER, "POST"),
    "safeguarding:emergency": access(OWNER, "POST"),
    "safeguarding:question": access(EVERYONE, "GET", "POST"),
    "safeguarding:role": access(SAFEGUARD, "GET", "POST"),
    "safeguarding:role_give_up": access(SAFEGUARD, "POST"),
    "api:report_list": access(SIGNED_IN, "GET", "POST"),
    "api:report_detail": access(REPORTER, "GET"),
}
