"""Every word that a user reads, in one place, to be translated. Imports nothing of the program."""
