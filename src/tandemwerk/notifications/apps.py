from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tandemwerk.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tandemwerk.notifications.services.mail import mail_put
        from tandemwerk.people.ports import register_mailer

        register_mailer(mail_put)
