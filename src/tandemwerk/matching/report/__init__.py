"""A run as one HTML file for people: summary, distribution, objectives, fairness, proof, pairs."""

from .facts import Declared, Facts, facts_of
from .page import report_html
from .sentences import Proof, check, objective_name, price_text, proof_of, proof_text

__all__ = [
    "Declared",
    "Facts",
    "Proof",
    "check",
    "facts_of",
    "objective_name",
    "price_text",
    "proof_of",
    "proof_text",
    "report_html",
]
