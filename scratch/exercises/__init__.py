"""The chapter's functions as exercises: write them yourself, and see which law a slip breaks."""
