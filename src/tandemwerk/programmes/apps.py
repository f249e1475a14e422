from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tandemwerk.programmes"
    label = "programmes"

    def ready(self) -> None:
        from tandemwerk.people.ports import (
            register_hidden_topics,
            register_roles,
            register_staff,
        )
        from tandemwerk.programmes import (  # noqa: F401 - they register themselves
            erasers,
            exporters,
            nav,
        )
        from tandemwerk.programmes.selectors.topics import topics_hidden_from
        from tandemwerk.programmes.selectors.visible import (
            is_staff_somewhere,
            roles_of,
        )

        register_staff(is_staff_somewhere)
        register_roles(roles_of)
        register_hidden_topics(topics_hidden_from)
