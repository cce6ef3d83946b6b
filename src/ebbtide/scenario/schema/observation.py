"""How publishers see a world: the errors and biases of what they say, the same for all who calibrate.

None of these numbers is felt by a run: they say how likely what was published is, given a run.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ebbtide.scenario.schema.table import Table

Positive = Annotated[float, Field(gt=0)]
UNIT: str = Field(description="what it is a number of")
SOURCE: str = Field(description="where it comes from; a guess says so")


class Size(Table):
    """A number that is fixed."""

    value: Positive = Field(description="the number")
    unit: str = UNIT
    source: str = SOURCE


class Magnitudes(Table):
    """What nobody knows within a range, all magnitudes alike; it is integrated out, never drawn."""

    low: Positive = Field(description="lower end")
    high: Positive = Field(description="upper end")
    unit: str = UNIT
    source: str = SOURCE


class Observation(Table):
    """The errors and biases of publishers, by what they are of."""

    publisher_bias: Size = Field(
        description="standard deviation of the log of how far too high or low a publisher counts, "
        "the same in all that he and those who depend on him say"
    )
    count_error: Size = Field(
        description="standard deviation of the log of one count's own error, beside that bias"
    )
    share_error: Size = Field(description="standard deviation of somebody's rough percentage")
    district_error: Size = Field(
        description="standard deviation of a count of districts held: which count as held differs"
    )
    false_reports: Magnitudes = Field(
        description="how likely a place where nobody of a group is in sight is reported all the same"
    )
    over_claim: Magnitudes = Field(
        description="men reported killed by state forces for each who was, the same in all years"
    )
    killed_error: Size = Field(
        description="standard deviation of the log of a period's men reported killed, beside that"
    )
    killed_a_clash: Size = Field(
        description="men reported killed for each report that the places of a period's dead are worth: "
        "deaths come in clashes of many, and few of these make most of the dead"
    )
    losses_told: Magnitudes = Field(
        description="of the members of state forces killed, the share who are told"
    )
    losses_error: Size = Field(
        description="relative standard deviation of a period's losses told, beside their number's own"
    )
    casualty_bias: Size = Field(
        description="standard deviation of the log of how far too many or few civilians a publisher lays "
        "to a group, the same in all that he and those who depend on him say"
    )
    casualty_error: Size = Field(
        description="standard deviation of the log of one sum's own error, beside that bias"
    )
