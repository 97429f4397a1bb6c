"""Who decides: the joint operations centre, and the rules by which it sends."""
