"""What templates ask for: addresses, words for figures and days, cited passages."""
