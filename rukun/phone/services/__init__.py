"""The acts of the phone: admitted, heard, its photos put together, and what is too old let go."""
