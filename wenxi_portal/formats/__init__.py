"""How numbers are written where Django's own rules for a language differ from the offices'."""
