"""How sure we are: intervals and paired differences by resampling whole days."""
