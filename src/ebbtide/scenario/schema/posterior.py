"""The columns of a file of posterior draws beside those of free quantities, which are dotted paths."""

SEED = "base_seed"  # of the bank: what its runs draw from priors is keyed by this and the run
RUN = "run"
