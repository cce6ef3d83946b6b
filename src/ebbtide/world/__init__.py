"""Who there is: places, groups, forces and fighters, as columns; their ids."""
