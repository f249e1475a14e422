"""What safeguarding keeps under the master key: the keys of cases; and how these are renewed."""

from tandemwerk.core.sealed import inner_keys, sealed_bytes
from tandemwerk.safeguarding.models import CaseKey
from tandemwerk.safeguarding.services.rotation import cases_rekey

sealed_bytes(CaseKey, "wrapped", place=lambda row: row.place)
inner_keys("cases", cases_rekey)
