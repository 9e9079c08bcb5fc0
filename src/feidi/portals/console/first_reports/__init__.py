"""首报首谈 in the console: who reported first, until when they may talk, disputes and rulings; cards to send round."""
