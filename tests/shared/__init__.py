"""What several rooms of tests share: both engines side by side, pages and terminals as they are read, code of pages."""
