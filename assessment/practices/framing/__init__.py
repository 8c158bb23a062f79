"""The framing of an assessment: why, with whom, how, when, at what cost, and what will be visible in the end."""
