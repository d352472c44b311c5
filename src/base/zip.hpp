#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kharita {

/// A file within a ZIP archive.
struct ZipMember {
    std::string name;
    std::uint64_t size = 0; ///< unpacked
    std::uint64_t packed_size = 0;
    std::uint64_t offset = 0; ///< of its header
    std::uint32_t crc = 0;
    std::uint16_t method = 0; ///< 0 stored, 8 deflated
};

/// Whether a file begins as ZIP archives do. Throws InputError when it cannot be read.
bool is_zip(std::filesystem::path const& file);

/// The files of an archive, in its order. Archives of more than 4 GiB (ZIP64) and encrypted ones are refused.
/// Throws InputError naming the archive when it is none or is damaged.
///
/// Source: PKWARE, APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
std::vector<ZipMember> list_zip(std::filesystem::path const& archive);

/// Unpacks one file in bounded memory; `target` appears whole or not at all, and is replaced.
/// Throws InputError when its bytes are damaged (length, CRC-32), or OutputError.
void unpack_zip(std::filesystem::path const& archive, ZipMember const& member,
                std::filesystem::path const& target);

} // namespace kharita
