from tandemwerk.tandems.models.joining import Joining, JoiningAnswer
from tandemwerk.tandems.models.signals import CheckIn, HelpRequest
from tandemwerk.tandems.models.tandem import Tandem, TandemMember

__all__ = ["CheckIn", "HelpRequest", "Joining", "JoiningAnswer", "Tandem", "TandemMember"]
