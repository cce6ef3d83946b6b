"""What a user may write, table by table: every key, unit and allowed range.

Keys are strict: an unknown one is a fault. Who and what (`places`, `groups`, `forces`, `centres`,
`events`, `acts`) are tables keyed by id, so that `extends` and `--set` reach every value by its
dotted path (`groups.<id>.pay`).
"""
