import factory
from allauth.mfa.models import Authenticator
from factory.django import DjangoModelFactory

from tandemwerk.people.models import Profile, ProfileLanguage, ProfileTopic, User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    given_name = factory.Sequence(lambda n: f"Person{n}")
    family_name = "Muster"
    locale = "en"
    timezone = "Europe/Berlin"

    @factory.post_generation
    def second_factor(self, create, extracted, **kwargs):
        """Operators have one, as everywhere outside the demo; `second_factor=False` leaves it."""
        if create and (self.is_operator if extracted is None else extracted):
            give_second_factor(self)


def give_second_factor(user):
    """An authenticator app that nobody holds: enough to pass as staff by `force_login`."""
    return Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}}
    )[0]


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    position = "Engineer"
    experience_years = 8

    @factory.post_generation
    def wanted(self, create, extracted, **kwargs):
        for rank, slug in enumerate(extracted or ()):
            ProfileTopic.objects.create(profile=self, topic=slug, kind="wanted", rank=rank)

    @factory.post_generation
    def offered(self, create, extracted, **kwargs):
        for rank, slug in enumerate(extracted or ()):
            ProfileTopic.objects.create(profile=self, topic=slug, kind="offered", rank=rank)

    @factory.post_generation
    def speaks(self, create, extracted, **kwargs):
        for code in ("de",) if extracted is None else extracted:
            ProfileLanguage.objects.create(profile=self, code=code)
