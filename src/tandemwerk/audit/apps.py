from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tandemwerk.audit"
    label = "audit"
