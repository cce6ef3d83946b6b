"""What the uncertain quantities of runs that are not set otherwise do, in a word and in words."""

DRAWN_FROM = {
    "medians": "every uncertain quantity at its median",
    "priors": "draws of the priors: no posterior is used",
    "posterior": "draws of the posterior",
}
