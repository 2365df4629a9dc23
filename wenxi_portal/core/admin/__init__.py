"""What the admin pages of every room share; no domain is known here."""
