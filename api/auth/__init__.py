"""Who is calling: Supabase tokens, their keys, and the person behind them."""
