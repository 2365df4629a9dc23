"""What ``make`` calls: set-up, checks, translations. No part of the running portal."""
