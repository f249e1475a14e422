"""Facts that tandems tell the apps above, after commit. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TandemsProposed:
    """A run was published; `run_pk` leads to its tandems."""

    run_pk: int


@dataclass(frozen=True, slots=True)
class TandemChemistryBegun:
    """Both said yes; they may get in touch now."""

    tandem_pk: int


@dataclass(frozen=True, slots=True)
class TandemActivated:
    """Both confirmed after their chemistry meeting; the journey begins."""

    tandem_pk: int


@dataclass(frozen=True, slots=True)
class ClosingTakenBack:
    """The planned end had begun, and somebody would rather go on: the tandem runs as before."""

    tandem_pk: int


@dataclass(frozen=True, slots=True)
class MemberJoined:
    """Everybody said yes: somebody new is part of a running group and reads its room."""

    tandem_pk: int
    member_pk: int


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """Somebody left a group that goes on without them."""

    tandem_pk: int
    member_pk: int


@dataclass(frozen=True, slots=True)
class TandemEnded:
    """Declined, expired, dissolved or closed; `end_code` says which, never who."""

    tandem_pk: int
    end_code: str


@dataclass(frozen=True, slots=True)
class TandemClosed:
    """The regular end: everybody's way as mentee or mentor is complete. Also a TandemEnded."""

    tandem_pk: int
