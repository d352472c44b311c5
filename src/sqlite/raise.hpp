#pragma once

#include <string_view>

namespace kharita::sqlite {

class Connection;

/// Throws what a SQLite status means for the user: the file, what happened, the way out.
/// `doing` is added where it helps to find the statement.
[[noreturn]] void raise(Connection const& connection, int status, std::string_view doing = {});

} // namespace kharita::sqlite
