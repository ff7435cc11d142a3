"""One small database per released schema, as SQL text: every program after it must still open it."""
