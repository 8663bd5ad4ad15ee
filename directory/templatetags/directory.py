from django import template

from directory.finding.specialties import words_of

register = template.Library()
register.filter("specialty", words_of)
