#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace kharita::gazetteer {

// The compiled gazetteer as bytes; docs/gazetteer-format.md describes it. All numbers are little endian and
// read byte by byte where a machine is not, so a file serves any machine.

inline constexpr std::string_view index_magic{"KHARITA\x1A", 8};
/// Changes whenever a byte means something else, the folding of letters and the hashes included.
inline constexpr std::uint32_t index_version = 2;
inline constexpr std::size_t index_header_size = 1024;
/// What one checksum covers.
inline constexpr std::size_t index_block_size = std::size_t{1} << 16U;
/// Where sections begin: a cache line, for the sake of the filters.
inline constexpr std::size_t index_alignment = 64;

enum class Section : std::uint8_t {
    checksums,        ///< XXH3 of each block behind the header; u64
    features,         ///< feature codes: length, bytes
    places,           ///< PlaceRecord, by id
    ids,              ///< ids in order, front coded in groups
    id_groups,        ///< u32 where each group begins
    details,          ///< what of a place has no fixed size
    names,            ///< NameRecord, by hash of the letters
    name_buckets,     ///< u32 directory of names
    filter,           ///< blocked Bloom filter of names and of their beginnings
    heads,            ///< u64 hashes of words that many names begin with, sorted
    refs,             ///< u32 places by hash of a ref
    ref_buckets,      ///< u32 directory of refs
    spellings,        ///< u32 names by hash of their spelling skeleton
    spelling_buckets, ///< u32 directory of spellings
    spelling_filter,  ///< blocked Bloom filter of skeletons
};
inline constexpr std::size_t section_count = 15;

/// Offsets within the header.
namespace header_at {
inline constexpr std::size_t version = 8;
inline constexpr std::size_t block_size = 12;
inline constexpr std::size_t file_size = 16;
inline constexpr std::size_t place_count = 24;
inline constexpr std::size_t name_count = 32;
inline constexpr std::size_t sections = 40;     ///< section_count
inline constexpr std::size_t content_hash = 48; ///< 64 hexadecimal digits
inline constexpr std::size_t input_hash = 112;  ///< 64 hexadecimal digits
inline constexpr std::size_t table = 176;       ///< offset and size of each section, u64
inline constexpr std::size_t longest_name = table + 16 * section_count; ///< in letters; u32
inline constexpr std::size_t checksums_checksum = index_header_size - 16;
inline constexpr std::size_t checksum = index_header_size - 8; ///< of all before it
} // namespace header_at

/// The number of type T at `bytes`.
template <typename T>
T load_little(char const* bytes) noexcept {
    T value = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&value, bytes, sizeof value);
    } else {
        for (std::size_t i = sizeof value; i > 0; --i) {
            value = static_cast<T>((value << 8U) | static_cast<unsigned char>(bytes[i - 1]));
        }
    }
    return value;
}

template <typename T>
void store_little(T value, char* bytes) noexcept {
    auto const wide = static_cast<std::uint64_t>(value); // narrow types would become signed when shifted
    for (std::size_t i = 0; i < sizeof value; ++i) {
        bytes[i] = static_cast<char>((wide >> (8U * i)) & 0xFFU);
    }
}

template <typename T>
void append_little(std::string& bytes, T value) {
    std::array<char, sizeof value> raw{};
    store_little(value, raw.data());
    bytes.append(raw.data(), raw.size());
}

/// A number as groups of seven bits, lowest first, all but the last marked by their upper bit (LEB128).
void append_varint(std::string& bytes, std::uint64_t value);

/// Takes what it reads off the front of some bytes. Past their end everything is empty and zero, and
/// `is_whole()` false: what is read of a damaged file is never more than wrong.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) noexcept : m_bytes{bytes} {}

    std::uint64_t varint() noexcept;
    std::string_view bytes(std::uint64_t size) noexcept;
    /// A length and as many bytes.
    std::string_view field() noexcept { return bytes(varint()); }
    std::uint8_t byte() noexcept;
    bool is_whole() const noexcept { return m_whole; }
    std::size_t left() const noexcept { return m_bytes.size(); }

private:
    std::string_view m_bytes;
    bool m_whole = true;
};

/// A place's record.
struct PlaceRecord {
    static constexpr std::size_t size = 18;
    std::uint32_t details = 0; ///< where in its section
    std::int32_t lon = 0;      ///< 1e-7 degrees
    std::int32_t lat = 0;
    std::uint32_t parent = 0;  ///< index, or no_place
    std::uint16_t feature = 0; ///< index of the feature code, and the prominence in the upper three bits
    static constexpr unsigned feature_bits = 13;

    static PlaceRecord read(char const* bytes) noexcept;
    void append_to(std::string& bytes) const;
};

/// A name's record.
struct NameRecord {
    static constexpr std::size_t size = 12;
    static constexpr std::uint32_t tag_mask = 0x00FF'FFFF;

    std::uint32_t tag = 0;  ///< the lower 24 bits of the letters' hash
    std::uint8_t flags = 0; ///< NameFlag
    std::uint32_t text = 0; ///< where in the details
    std::uint32_t place = 0;

    static NameRecord read(char const* bytes) noexcept {
        auto const first = load_little<std::uint32_t>(bytes);
        return {.tag = first & tag_mask,
                .flags = static_cast<std::uint8_t>(first >> 24U),
                .text = load_little<std::uint32_t>(bytes + 4),
                .place = load_little<std::uint32_t>(bytes + 8)};
    }
    static std::uint32_t tag_of(char const* bytes) noexcept {
        return load_little<std::uint32_t>(bytes) & tag_mask;
    }
    void append_to(std::string& bytes) const;
};

/// What is known of a name beside its letters.
namespace name_flag {
inline constexpr std::uint8_t primary = 1;        ///< the place's main name
inline constexpr std::uint8_t acronym = 2;        ///< all capitals
inline constexpr std::uint8_t arabic_article = 4; ///< begins with ال, which is not among its letters
inline constexpr std::uint8_t articles = 8;       ///< has Latin articles, marked behind the text
inline constexpr std::uint8_t odd =
    16; ///< its letters cannot be read off its text one by one (name_text.hpp)
inline constexpr std::uint8_t divided = 32; ///< of several words (NameKey::boundaries)
inline constexpr std::uint8_t escaped = 64; ///< has characters that take more than a byte (compact_text.hpp)
} // namespace name_flag

/// How many ids share a group, the first of which is written out.
inline constexpr std::size_t id_group_size = 16;

} // namespace kharita::gazetteer
