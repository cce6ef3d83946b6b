"""The start-up audit: what a modeller would ask of a new scenario before he believes any of it.

How groups grow when nobody presses them, what pays them, who dies, who leads, where the men are after
a year, which acts move nothing, on which numbers the outcome turns over, and which were chosen for
another case. Everything stands at the medians of the priors, under the scenario's own policy.
"""
