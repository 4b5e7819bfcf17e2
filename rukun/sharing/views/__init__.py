"""The pages of sharing: out to WhatsApp and BOS, in from WhatsApp, an officer's own month, a unit's own wording."""
