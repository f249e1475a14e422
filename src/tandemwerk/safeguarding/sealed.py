"""What safeguarding keeps under the master key: the keys of cases."""

from tandemwerk.core.sealed import sealed_bytes
from tandemwerk.safeguarding.models import CaseKey

sealed_bytes(CaseKey, "wrapped", place=lambda row: row.place)
