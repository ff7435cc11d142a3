"""The window: Qt only; frozen dataclasses cross into it, never sessions or rows."""
