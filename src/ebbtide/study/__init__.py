"""Many runs: their design, running them, keeping them, and what they say."""
