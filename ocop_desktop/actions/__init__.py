"""What a person does: one function per intent, session first; the caller owns the transaction."""
