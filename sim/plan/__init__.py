"""What plans could be at best: coverage models solved exactly, beside what each strategy covers."""
