"""An exercise session: what is on its disk, every action in it, and how the room stands after them."""
