"""Pictures of pages (later in this file's life)."""
