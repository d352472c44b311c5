#pragma once

#include <string_view>

namespace kharita::cli {

/// Writes a result to standard output, all of it. Throws OutputError where it cannot be written (disk full).
void print(std::string_view text);

} // namespace kharita::cli
