"""Words of the money in templates."""
