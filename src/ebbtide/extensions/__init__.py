"""What a user adds from Python: weekly outcomes, numbers of a run, rules in the place of the model's."""

from ebbtide.extensions.declaring import rule_override, run_metric, weekly_outcome
from ebbtide.extensions.extensions import NO_EXTENSIONS, Extensions

__all__ = ["NO_EXTENSIONS", "Extensions", "rule_override", "run_metric", "weekly_outcome"]
