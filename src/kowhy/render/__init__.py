"""
Faces of a scorecard and a plan: text, Markdown, and a page for a browser.
"""
