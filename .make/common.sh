# What every script of this folder shares: folders, tool paths and the way to speak. Sourced, never run.
#
# Tools that the project needs are kept in one private folder below the user's cache, so that nothing
# of the user's own is overwritten and removing that folder undoes the set-up.
# shellcheck shell=bash
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/proconnect-rs"
tools="$cache/tools"
wasm_target=wasm32-unknown-unknown
wasm_sysroot="$cache/wasm-sysroot"
# Its file is called rustc because clippy tells a compiler by that name.
wasm_rustc="$cache/wasm-compiler/rustc"
cd "$root"

# The private tools come first: their versions are known.
export PATH="$tools/bin:$root/style/node_modules/.bin:$PATH"
# One target folder for everything the scripts build, so that they agree where a binary is.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"

bold='' plain=''
if [[ -t 1 ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi

say() { printf '%s\n' "$*"; }
heading() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
fail() {
  printf '%serror:%s %s\n' "$bold" "$plain" "$*" >&2
  exit 1
}

# have COMMAND: whether it can be started.
have() { command -v "$1" >/dev/null 2>&1; }

# is_version WANTED COMMAND…: whether what the command prints names exactly that version.
is_version() {
  local wanted="$1" printed
  shift
  printed="$("$@" 2>/dev/null | head -n 1)" || return 1
  [[ " ${printed//[^0-9.]/ } " == *" $wanted "* ]]
}

# locked_version CRATE: the version that Cargo.lock pins.
locked_version() {
  awk -v crate="\"$1\"" '$1 == "name" && $3 == crate { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# Whether rustup's own compiler has the browser's standard library.
rustup_has_wasm() {
  [[ -d "$(rustc --print sysroot)/lib/rustlib/$wasm_target/lib" ]]
}

# Chooses the compiler of the browser's program: the usual one if it can, else the private one of set-up.
use_wasm_compiler() {
  if [[ "${WASM_COMPILER:-}" != debian ]] && rustup_has_wasm; then return; fi
  [[ -x "$wasm_rustc" ]] || fail "no compiler for $wasm_target: run 'make setup'"
  export RUSTC="$wasm_rustc"
}
