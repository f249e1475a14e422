"""What an organisation's programmes have learned from chemistry meetings, as numbers only."""

from django.db import models

from tandemwerk.programmes.models import Organisation


class ChemistryLearning(models.Model):
    """The latest learning of an organisation; the row goes when no programme wants it any more.

    `shortage` says why there is too little data (pairs, groups, answers) or is empty; only then
    are `model` (`matching.learning.ChemistryModel.to_dict` without people) and `evaluation`
    (`pairing.chemistry`) filled. Neither names a person or holds a row about one. `digest`: of what
    was learned from and the engine, so that the same meetings are not learned from twice.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="chemistry_learning"
    )
    shortage = models.CharField(max_length=10, blank=True)
    meetings = models.PositiveIntegerField()
    groups = models.PositiveIntegerField()
    model = models.JSONField(default=dict)
    evaluation = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    learned_at = models.DateTimeField()
