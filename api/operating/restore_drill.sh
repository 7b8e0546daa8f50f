#!/usr/bin/env bash
# Backs up the database of DATABASE_URL, restores it beside itself, and checks the copy: a backup nobody has restored is none.
#
#   DATABASE_URL=postgresql://… api/operating/restore_drill.sh [FILE]
#
# Needs Postgres' own programs (pg_dump, pg_restore, psql) and the right to create a database. Keeps the backup in FILE, leaves the
# original alone and drops the copy. Exit code 0: the copy has this version's schema, holds at least the rows that were there
# before the backup began, and its counters are true.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${DATABASE_URL:?names the database to back up}"
work=$(mktemp -d)
file=${1:-$work/backup}
copy="quiver_drill_$$"
question=""
case $DATABASE_URL in *\?*) question="?${DATABASE_URL#*\?}" ;; esac
plain=${DATABASE_URL%%\?*}
target="${plain%/*}/$copy$question"

say() { printf '%s  %s\n' "$(date -u +%H:%M:%S)" "$1"; }
ask() { psql --no-psqlrc --no-align --tuples-only --quiet --set ON_ERROR_STOP=1 --dbname="$1" --command="$2"; }
clean() {
  ask "$DATABASE_URL" "DROP DATABASE IF EXISTS \"$copy\" WITH (FORCE)" 2> /dev/null || true
  rm -rf "$work"
}
trap clean EXIT

rows='SELECT (SELECT count(*) FROM "Users") + (SELECT count(*) FROM "Projects") + (SELECT count(*) FROM "Leads")
  + (SELECT count(*) FROM "DiscoveryMessages") + (SELECT count(*) FROM "PaidCalls")'

before=$(ask "$DATABASE_URL" "$rows")
began=$SECONDS
pg_dump --format=custom --compress=1 --no-owner --no-privileges --dbname="$DATABASE_URL" --file="$file"
say "backed up: $(du -h "$file" | cut -f1), $((SECONDS - began)) s"

began=$SECONDS
ask "$DATABASE_URL" "CREATE DATABASE \"$copy\""
pg_restore --no-owner --no-privileges --exit-on-error --jobs=2 --dbname="$target" "$file"
say "restored: $((SECONDS - began)) s"

export DATABASE_URL=$target
./quiver db check
./quiver db counters
after=$(ask "$target" "$rows")
if [ "$after" -lt "$before" ]; then
  say "LOST: $before rows were there before the backup, $after are in the copy"
  exit 1
fi
say "the copy is whole: $after rows of people, workspaces, leads, messages and paid calls; at least $before were to be there"
