"""Articles of `actorgraph demo`, written for it: invented events, invented outlets, real countries."""
