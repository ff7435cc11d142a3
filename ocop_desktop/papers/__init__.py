"""Papers to print: one module per document; each takes a frozen dataclass and returns bytes."""
