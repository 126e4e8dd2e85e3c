program='/opt/dataward/check-database-files'
if ! [ -x "$program" ]; then
	printf '%s\n' 'error: /opt/dataward/check-database-files is gone, so this hook blocks' 'hint: run dataward install again, or: dataward install --uninstall' >&2
	exit 2
fi
"$program" --staged </dev/null || exit $?
case $0 in
*/*) before=${0%/*}/NAME.before-dataward ;;
*) before=./NAME.before-dataward ;;
esac
if [ -x "$before" ]; then
	"$before" "$@" || exit $?
	# It may have staged more.
	"$program" --staged </dev/null || exit $?
fi
