"""Files carried between machines and programs."""
