"""Every word that a user reads, in one place, in English and Indonesian. Imports nothing of the program."""
