#!/bin/sh
# deployed-commits.sh STAGE: prints a JSON object with the commit that the stage runs of each service. A service that was
# never deployed is not in it. Needs the AWS CLI, and a role that may call ssm:GetParameter on /weir/STAGE/deployed/*.
set -eu
stage=$1
error=$(mktemp)
trap 'rm -f "$error"' EXIT
services=$(tr -cs 'a-z-' ' ' <"$(dirname "$0")/services.json")
commits=''
for service in $services; do
  name="/weir/$stage/deployed/$service"
  if value=$(aws ssm get-parameter --name "$name" --query Parameter.Value --output text 2>"$error"); then
    commits="$commits${commits:+,}\"$service\":\"$value\""
  elif ! grep -q ParameterNotFound "$error"; then
    cat "$error" >&2
    exit 1
  fi
done
printf '{%s}\n' "$commits"
