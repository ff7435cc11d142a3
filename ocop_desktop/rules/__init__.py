"""What is true on paper: rulebooks, ballots, scoring, certificate life, product codes. Pure Python, exact arithmetic."""
