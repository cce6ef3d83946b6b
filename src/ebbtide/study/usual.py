"""What is run where nobody says how much; it loads nothing, so that commands may tell it in their help."""

USUAL_RUNS = 50  # of a scenario under a policy
