"""What happens to an author's Markdown: links, citations, pictures, tables, headings."""
