"""Tables on the terminal, the sentence a commander can read, figures, and the HTML report."""
