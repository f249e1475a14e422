from tandemwerk.notifications.models.mail import OutboxMail

__all__ = ["OutboxMail"]
