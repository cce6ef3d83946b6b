"""The commands. What is heavy is imported inside them: `ebbtide --help` answers at once."""
