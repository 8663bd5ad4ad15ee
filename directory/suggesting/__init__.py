""" "Suggest a Provider" (product 3.5): the page on which somebody names one that the search doesn't find.

`already` looks whether it is there, `forms` asks, `views` answer; ops decide in `directory/admin/suggestions.py`.
"""
