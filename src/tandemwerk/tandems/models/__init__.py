from tandemwerk.tandems.models.tandem import Tandem, TandemMember

__all__ = ["Tandem", "TandemMember"]
