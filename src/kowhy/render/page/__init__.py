"""
The parts of the page that shows a scorecard and a plan in a browser.
"""
