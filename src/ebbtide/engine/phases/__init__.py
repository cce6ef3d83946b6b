"""The phases of the week: what one actor does in each. `ebbtide.engine.week.WEEK` puts them in order."""
