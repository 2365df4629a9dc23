"""How the rows of the talent room's sheets meet the records on file."""
