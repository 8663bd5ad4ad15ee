"""Our own pages as PDF, by WeasyPrint. Nothing is fetched: images stand in the page, fonts on the machine."""

import logging
import sys

import weasyprint
from weasyprint.urls import URLFetcher

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)


def main(job, report):
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=False)
    page = weasyprint.HTML(string=sys.stdin.read(), url_fetcher=fetcher)
    page.write_pdf(job["out"])
    report(written=True)
