"""Quick mode: a card is drawn, read aloud and talked about; meanwhile the model answers. Nothing is prepared."""
