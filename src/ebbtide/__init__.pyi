from .comparison.comparison import Comparison as Comparison
from .comparison.running import compare as compare
from .extensions import Extensions as Extensions
from .extensions import rule_override as rule_override
from .extensions import run_metric as run_metric
from .extensions import weekly_outcome as weekly_outcome
from .model import Insurgency as Insurgency
from .scenario import Faults as Faults
from .scenario import Policy as Policy
from .scenario import Scenario as Scenario
from .scenario import load as load
from .scenario import load_policy as load_policy
from .scenario.override_notes import MovesNothing as MovesNothing
from .show import plot as plot
from .study.results import Results as Results
from .study.results import open as open
from .study.running import run as run
from .study.running import sweep as sweep

__version__: str
