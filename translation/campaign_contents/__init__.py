"""What belongs to a campaign or an edition, for translators: its material and what that material shows."""
