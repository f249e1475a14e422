import factory
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
