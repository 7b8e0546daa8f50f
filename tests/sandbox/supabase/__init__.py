"""Supabase Auth (GoTrue) over its wire: users, signed tokens, published keys."""
