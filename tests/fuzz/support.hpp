#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace kharita::fuzz {

inline std::string_view as_text(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

/// The bytes as a file, always the same one of this process; it ends as `name`.
inline std::filesystem::path as_file(std::uint8_t const* data, std::size_t size, std::string_view name) {
    std::filesystem::path const file =
        std::filesystem::temp_directory_path() /
        ("kharita_fuzz." + std::to_string(::getpid()) + "." + std::string{name});
    std::ofstream{file, std::ios::binary | std::ios::trunc} << as_text(data, size);
    return file;
}

/// What a result must hold; ends the run when it does not.
inline void require(bool condition, char const* what) {
    if (!condition) {
        std::fputs(("does not hold: " + std::string{what} + "\n").c_str(), stderr);
        std::abort();
    }
}

} // namespace kharita::fuzz
