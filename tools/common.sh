# Shared by tools/run and tools/test; sourced, not run. Puts the shell into the project's folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
top=$PWD

export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
# A second checkout finds the first one's objects: paths inside the project do not count.
export CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1

# run_quietly LOG COMMAND…: the command's words go to a file and are shown only when it fails.
run_quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        return 1
    fi
}

# build PRESET TARGET…: configures once (ninja configures again by itself when a CMake file changes) and builds.
build() {
    local preset=$1
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        run_quietly "build/log/configure-$preset.txt" cmake --preset "$preset" || return 1
    fi
    run_quietly "build/log/build-$preset.txt" cmake --build --preset "$preset" --target "$@"
}
