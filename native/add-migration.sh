#!/usr/bin/env bash
# Adds one migration for each database after a change of Domain or Data/Configurations:  native/add-migration.sh NAME
set -euo pipefail
cd "$(dirname "$0")/.."
export EfDesign=true
dotnet tool restore
dotnet build GlmStudio.Web -v q -nologo
for kind in Sqlite Postgres; do
  dotnet ef migrations add "$1" --no-build --project GlmStudio.Web --context "${kind}StudioDbContext" \
    --output-dir "Data/Migrations/$kind"
done
# Back to the ordinary restore.
EfDesign=false dotnet restore GlmStudio.Web --force
