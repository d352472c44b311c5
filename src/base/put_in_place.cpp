#include "base/put_in_place.hpp"

#include <cerrno>
#include <fcntl.h>
#include <stdio.h> // NOLINT(modernize-deprecated-headers): renameat2 is no part of <cstdio>
#include <system_error>

#include "base/error.hpp"
#include "base/output_file.hpp"

namespace kharita {

namespace fs = std::filesystem;

namespace {

/// Errno, or 0.
int rename_with(fs::path const& from, fs::path const& to, unsigned int flags) {
    return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0 ? 0 : errno;
}

/// In two steps, for file systems that know no exchange.
int exchange_slowly(fs::path const& made, fs::path const& place) {
    fs::path const aside = made.parent_path() / (made.filename().string() + ".old");
    if (int const error = rename_with(place, aside, 0); error != 0) {
        return error;
    }
    if (int const error = rename_with(made, place, 0); error != 0) {
        rename_with(aside, place, 0);
        return error;
    }
    return rename_with(aside, made, 0);
}

} // namespace

void put_in_place(fs::path const& made, fs::path const& place) {
    int error = rename_with(made, place, RENAME_EXCHANGE);
    if (error == ENOENT) { // nothing to exchange with
        error = rename_with(made, place, 0);
    } else if (error == EINVAL || error == ENOSYS) {
        error = fs::exists(place) ? exchange_slowly(made, place) : rename_with(made, place, 0);
    }
    if (error != 0) {
        fail<OutputError>("{}: cannot be put in place: {}", place.string(), system_message(error));
    }
    sync_folder(place.has_parent_path() ? place.parent_path() : ".");
}

} // namespace kharita
