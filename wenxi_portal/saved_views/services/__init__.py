"""The only writers of saved views."""
