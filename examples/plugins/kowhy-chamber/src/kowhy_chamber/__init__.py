"""
Venues and scripts of the Harrowmere Chamber of Commerce, which exists in stories only, as rule packs.
"""
