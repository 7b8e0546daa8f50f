"""`python -m migrations.supabase`: what `./quiver migrate` runs."""

from migrations.supabase.commands import app

app(prog_name="./quiver migrate")
