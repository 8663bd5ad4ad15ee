"""Files: what is taken in, how it is kept, shown page by page, joined and handed out.

Main nouns: `Document` (one kept file, encrypted under a random key), `PreviewPack` (pictures of its pages),
`Use` (what a file is for, which decides what is taken). `child/` holds the programs that read
strangers' files; they run as processes of their own, with limits and without Django, settings or secrets.
Who may see a document is decided by the app that it belongs to; nothing here has an address.
"""
