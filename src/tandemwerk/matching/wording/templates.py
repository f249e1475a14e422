"""The form in which a sentence is kept for its three readers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One statement for the mentee, for the mentor, and for the coordinator (with names).

    Placeholders: {mentee}, {mentor} (names), {other} (the reader's counterpart) and the values
    of the reason. *_sie: where the formal German address differs.
    """

    mentee: str
    mentor: str = ""
    coordinator: str = ""
    mentee_sie: str = ""
    mentor_sie: str = ""

    def pick(self, perspective: str, address: str) -> str:
        """The template for a reader; what is not told apart is the same for all."""
        if perspective == "coordinator":
            return self.coordinator or self.mentee
        if perspective == "mentor":
            formal = self.mentor_sie if address == "sie" else ""
            return formal or self.mentor or self.mentee
        formal = self.mentee_sie if address == "sie" else ""
        return formal or self.mentee
