from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "tandemwerk.pairing"
    label = "pairing"
