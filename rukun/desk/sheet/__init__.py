"""The sheet of a unit: what was solved, what is held up, what has to be decided; on a page, on paper, and for WhatsApp."""
