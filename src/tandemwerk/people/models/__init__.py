from tandemwerk.people.models.block import Block
from tandemwerk.people.models.profile import Profile, ProfileLanguage, ProfileTopic
from tandemwerk.people.models.token import ApiToken
from tandemwerk.people.models.user import User

__all__ = ["ApiToken", "Block", "Profile", "ProfileLanguage", "ProfileTopic", "User"]
