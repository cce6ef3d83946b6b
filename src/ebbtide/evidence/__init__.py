"""What publishers would say of a world: the observation model, a kind of statement a file."""
