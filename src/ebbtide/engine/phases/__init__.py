"""The phases of the week: what one actor does in each. `ebbtide.model.WEEK` puts them in order."""
