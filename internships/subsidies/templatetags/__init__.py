"""Words of the money for templates."""
