"""
Faces of a scorecard and a plan: text, Markdown, JSON.
"""
