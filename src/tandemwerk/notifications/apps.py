from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tandemwerk.notifications"
    label = "notifications"
