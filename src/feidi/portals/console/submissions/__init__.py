"""报送: batches to the home side, what they corrected, and their confirmation on paper."""
