"""What may leave the house and in which words, and how words from outside are read; pure, no query in it."""
