#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace kharita {

/// The whole content of a file, byte for byte. "-" is standard input.
/// Throws InputError naming the file when it is missing, unreadable, a directory, or larger than `max_bytes`.
std::string read_file(std::filesystem::path const& file, std::size_t max_bytes = std::size_t{1} << 32U);

/// The same, unpacked where the file is gzip (told by its first bytes); `max_bytes` are unpacked ones.
/// Throws InputError too when the gzip data is damaged or cut off.
std::string read_unpacked_file(std::filesystem::path const& file, std::size_t max_bytes);

} // namespace kharita
