"""Moving a Supabase database into ours: read once, staged, mapped, brought over, verified, and taken back if need be."""
