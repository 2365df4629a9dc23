"""Forms of the internships room."""
