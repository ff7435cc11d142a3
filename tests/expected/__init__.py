"""Kept examples of every paper: what it says and where it stands. ``python -m tests.expected.write`` writes them anew."""
