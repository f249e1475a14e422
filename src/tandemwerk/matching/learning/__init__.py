"""Learning from chemistry: who would meet again, from meetings after which both sides answered.

Off unless somebody asks for it. `load_meetings` reads a file, `evaluate` says how good the
probabilities are on groups held out, `learn` gives the model, and a model answers with
`model.predict(pairs)`. scikit-learn is needed (and imported) only for the baselines of `evaluate`.
"""

from .chemistry import chemistry_features, chemistry_meetings, joined
from .evaluation import (
    LEAST_ANSWERS,
    LEAST_GROUPS,
    LEAST_PAIRS,
    Evaluation,
    Figures,
    evaluate,
)
from .meetings import Dropped, Feature, Meetings, Pairs, usable
from .metrics import Quality, Step
from .model import ChemistryModel, Prediction, learn
from .protected import is_protected
from .reading import load_meetings

__all__ = [
    "LEAST_ANSWERS",
    "LEAST_GROUPS",
    "LEAST_PAIRS",
    "ChemistryModel",
    "Dropped",
    "Evaluation",
    "Feature",
    "Figures",
    "Meetings",
    "Pairs",
    "Prediction",
    "Quality",
    "Step",
    "chemistry_features",
    "chemistry_meetings",
    "evaluate",
    "is_protected",
    "joined",
    "learn",
    "load_meetings",
    "usable",
]
