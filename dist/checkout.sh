# The part of ./samebits that a checkout alone has: it builds once where the jars are missing or older than the sources. It is read
# by that script, which knows ROOT and JAVA, and says where the jars are.

# The benchmarks have a class path of their own, with libraries that no other command needs; with peers, one more.
MODULE=cli
TARGET=$ROOT/cli/target
PROFILE=
if [ "${1:-}" = bench ]; then
    # Nothing in the environment may slow or bind the peers.
    for name in $(env | cut -d = -f 1 | grep -E '^(OPENBLAS|OMP|GOMP|KMP|MKL|BLIS|GOTO)_'); do
        unset "$name"
    done
    # From 23 on Java warns of what JMH does with memory.
    [ "$(version_of "$JAVA")" -lt 23 ] || quiet=--sun-misc-unsafe-memory-access=allow
    MODULE=bench
    TARGET=$ROOT/bench/target
    case " $* " in
        *" --peers "*)
            TARGET=$ROOT/bench/target/peers
            PROFILE=-Ppeers
            ;;
    esac
fi
APP=$TARGET/app
CACHE=$TARGET
MARKER=$TARGET/app.built
LOG=$TARGET/app.log
# One for all: whoever builds the benchmarks builds the command too.
LOCK=$ROOT/cli/target/app.lock
# The benchmarks are started too seldom for an archive of classes.
[ "$MODULE" = cli ] || CACHE=

stale() {
    [ -f "$MARKER" ] || return 0
    set -- "$ROOT/pom.xml"
    for module in core simd gpu onnx tck cli; do
        [ -f "$ROOT/$module/pom.xml" ] && set -- "$@" "$ROOT/$module/pom.xml"
        [ -d "$ROOT/$module/src/main" ] && set -- "$@" "$ROOT/$module/src/main"
    done
    [ "$MODULE" = cli ] || set -- "$@" "$ROOT/bench/pom.xml" "$ROOT/bench/src/main" "$ROOT/bench/src/peers"
    [ -n "$(find "$@" -newer "$MARKER" -print 2>/dev/null | head -n 1)" ]
}

build() {
    command -v mvn >/dev/null 2>&1 || die "Samebits must be built first, and Maven is missing: mvn: install maven, then try again"
    [ -x "$JAVA/bin/javac" ] || die "this Java has no compiler: $JAVA: install a JDK, not only a JRE, or set JAVA_HOME to one"
    [ -w "$ROOT" ] || die "Samebits is not built yet and its folder cannot be written to: $ROOT: build it as its owner"
    # One launcher builds; the others wait for it. A lock whose owner is gone was left by a kill. An owner on another host or in
    # another container cannot be asked: its lock counts until it is older than any build.
    mkdir -p "$ROOT/cli/target" "$TARGET"
    here="$(uname -n) $(readlink /proc/self/ns/pid 2>/dev/null || true)"
    unowned=0
    until mkdir "$LOCK" 2>/dev/null; do
        owner=$(cat "$LOCK/pid" 2>/dev/null || true)
        [ -n "$owner" ] || unowned=$((unowned + 1))
        if [ "$unowned" -gt 5 ] || { [ "${owner#* }" = "$here" ] && ! kill -0 "${owner%% *}" 2>/dev/null; } ||
            [ -n "$(find "$LOCK" -prune -mmin +30 2>/dev/null)" ]; then
            rm -rf "$LOCK"
            unowned=0
        else
            sleep 1
        fi
    done
    trap 'rm -rf "$LOCK"' EXIT
    trap 'exit 130' INT TERM HUP
    echo "$$ $here" > "$LOCK/pid"
    if stale; then
        echo "samebits: building Samebits, once ..." >&2
        started=$TARGET/app.started
        # A file changed during the build is newer than this, and so built again next time.
        : > "$started"
        rm -rf "$APP" "$MARKER" "$ROOT"/cli/target/app-*.jsa*
        # shellcheck disable=SC2086 # no profile is no word
        if ! JAVA_HOME=$JAVA mvn -q -B -f "$ROOT/pom.xml" -pl $MODULE -am package -Dmaven.test.skip=true $PROFILE > "$LOG" 2>&1; then
            cat "$LOG" >&2
            die "the build failed: $ROOT: see the lines above"
        fi
        mv "$started" "$MARKER"
    fi
    rm -rf "$LOCK"
    trap - EXIT INT TERM HUP
}

! stale || build
