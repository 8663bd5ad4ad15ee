"""A registry file of true shape and any size: 330 columns, three persons to one organization, names as they are met.

Surnames and words follow Zipf: a few are everywhere, hundreds of thousands are met once or twice.
"""

import csv
import random
from bisect import bisect
from itertools import accumulate
from pathlib import Path

from django.conf import settings
from stdnum import luhn

from directory.registry import columns

COUNT = 330
# The columns that are read, in the places where the published file has them; the others stay empty.
_FIXED = [
    "NPI",
    "Entity Type Code",
    "Replacement NPI",
    "Employer Identification Number (EIN)",
    "Provider Organization Name (Legal Business Name)",
    "Provider Last Name (Legal Name)",
    "Provider First Name",
    "Provider Middle Name",
    "Provider Name Prefix Text",
    "Provider Name Suffix Text",
    "Provider Credential Text",
    "Provider Other Organization Name",
]


def _listed(text):
    return text.split()


SURNAMES = _listed(
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson "
    "Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis "
    "Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall "
    "Rivera Campbell Mitchell Carter Roberts Patel Kim Shah Chen Khan Singh Cohen Murphy Schmidt O'Brien"
)
FIRST = _listed(
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph "
    "Jessica Thomas Sarah Christopher Karen Charles Lisa Daniel Nancy Matthew Sandra Anthony Betty Mark Ashley "
    "Emily Steven Kimberly Andrew Margaret Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa"
)
NOUNS = _listed(
    "Medical Health Family Care Center Clinic Hospital Associates Physicians Group Dental Therapy Pediatrics "
    "Internal Medicine Surgery Orthopedic Cardiology Dermatology Imaging Radiology Pharmacy Home Rehabilitation "
    "Wellness Counseling Behavioral Eye Vision Women's Cancer Institute Services Regional Memorial Community "
    "Urgent Primary Specialists Partners Saint St. Mary's Joseph Mercy Baptist Methodist University Lakeside"
)
TAXONOMIES = _listed(
    "207Q00000X 207R00000X 208000000X 282N00000X 261QP2300X 1223G0001X 225100000X 363L00000X"
)
_VOWELS, _ENDS = "aeiou", ["er", "man", "son", "ski", "ez", "ini", "ley", "ton", "berg", "o"]


class Pool:
    """Words drawn by Zipf: the known ones first, then made ones, `size` in all."""

    def __init__(self, drawn, known, size):
        made = dict.fromkeys(known)
        while len(made) < size:
            made[_word(drawn)] = None
        self.words = list(made)
        self.sums = list(accumulate(1 / (rank + 8) for rank in range(size)))

    def draw(self, drawn):
        return self.words[bisect(self.sums, drawn.random() * self.sums[-1])]


def _word(drawn):
    letters = "".join(
        drawn.choice("bcdfghjklmnprstvwz") + drawn.choice(_VOWELS) for _ in range(drawn.randint(1, 3))
    )
    return (letters + drawn.choice(_ENDS)).title()


def header():
    """The first line, in the published order as far as we read it."""
    names = list(dict.fromkeys([*_FIXED, *columns.NEEDED.values(), *columns.WELCOME.values()]))
    return names + [f"Other {n}" for n in range(COUNT - len(names))]


def write(path, count, *, seed=7):
    """Write `count` rows to `path`; about 1.2 KB each."""
    drawn = random.Random(seed)
    surnames = Pool(drawn, SURNAMES, max(1000, min(400_000, count)))
    nouns = Pool(drawn, NOUNS, max(1000, min(60_000, count)))
    with (settings.BASE_DIR / "data" / "zip_places.csv").open() as stream:
        places = [(row["city"].upper(), row["state"], row["code"]) for row in csv.DictReader(stream)]
    at = {name: number for number, name in enumerate(header())}
    with Path(path).open("w", newline="") as out:
        out.write(",".join(f'"{name}"' for name in header()) + "\n")
        for number in range(count):
            out.write(_row(drawn, number, at, surnames, nouns, drawn.choice(places)))


def npi(number):
    """The NPI of the row of that number, from 0."""
    body = f"1{number:08d}"
    return body + luhn.calc_check_digit("80840" + body)


def _row(drawn, number, at, surnames, nouns, place):
    row = [""] * COUNT

    def say(name, text):
        row[at[name]] = text

    say("NPI", npi(number))
    if is_person := drawn.random() < 0.75:
        say("Provider Last Name (Legal Name)", surnames.draw(drawn).upper())
        say("Provider First Name", drawn.choice(FIRST).upper())
        say("Provider Middle Name", drawn.choice("ABCDEFGHJKLMNPRST"))
        say("Provider Credential Text", drawn.choice(["M.D.", "DO", "NP", "PT", "D.D.S."]))
    else:
        name = [surnames.draw(drawn), *(nouns.draw(drawn) for _ in range(drawn.randint(2, 4)))]
        say("Provider Organization Name (Legal Business Name)", " ".join([*name, "LLC"]).upper())
        if drawn.random() < 0.3:
            say("Provider Other Organization Name", f"{nouns.draw(drawn)} {nouns.draw(drawn)}".upper())
    say("Entity Type Code", "1" if is_person else "2")
    city, state, zip_code = place
    say(columns.NEEDED["street"], f"{drawn.randint(1, 9999)} {surnames.draw(drawn)} ST".upper())
    say(columns.NEEDED["city"], city)
    say(columns.NEEDED["state"], state)
    say(columns.NEEDED["zip_code"], f"{zip_code}{drawn.randint(1, 9999):04d}")
    say(columns.WELCOME["country"], "US")
    say(columns.WELCOME["phone"], f"{drawn.randint(201, 989)}{drawn.randint(2000000, 9999999)}")
    say(columns.WELCOME["updated_on"], f"{drawn.randint(1, 12):02d}/{drawn.randint(1, 28):02d}/2024")
    say(columns.WELCOME["code_1"], drawn.choice(TAXONOMIES))
    say(columns.WELCOME["primary_1"], "Y")
    return ",".join(f'"{text}"' for text in row) + "\n"
