# `npm start`: shows its help, which needs nothing installed; or installs what is missing, and starts Weir. (npm hands no
# arguments to a `prestart`.)
for argument in "$@"; do
  case $argument in
    --help | -h) exec cat packages/local/src/npm-start/start-help.txt ;;
  esac
done
node scripts/install-missing.mjs tables || exit
# The installation may have brought another node: look for it again.
hash -r
exec node packages/local/src/npm-start/main.ts "$@"
