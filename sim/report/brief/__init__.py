"""The brief: the one page that a report opens with, of which page and document say the same."""
