"""Speed, measured against floors in the same run. ``python build_spec/dev.py bench [names]``; nothing here is a test."""
