"""What a phone may ask: to be admitted, for another lease, for what is public, for its officer's work; and what it may hand in."""
