"""People, organizations, who belongs to which, and what they may do there.

Main nouns: `Person` (signs in), `Organization` (a practice, a law firm, a patient's household), `Member` (a person in
an organization: the one who acts), `Role` and `Permission`.
"""
