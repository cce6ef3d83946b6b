def draw_sweep(results, folder, outcome=None, over=()):
    return []
