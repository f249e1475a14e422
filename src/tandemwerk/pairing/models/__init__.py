from tandemwerk.pairing.models.board import BoardMove, PairRule
from tandemwerk.pairing.models.learning import ChemistryLearning
from tandemwerk.pairing.models.run import MatchRun, Suggestion

__all__ = ["BoardMove", "ChemistryLearning", "MatchRun", "PairRule", "Suggestion"]
