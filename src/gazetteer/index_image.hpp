#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/index_format.hpp"

namespace kharita::gazetteer {

/// The bytes of a compiled gazetteer, mapped from a file or built in memory. Immutable but for its notes of
/// which blocks were checked; safe to share by threads.
///
/// Opening reads the header alone. A block is compared with its checksum when its first byte is asked for,
/// so a file opens at once whatever its size, and a damaged block is found before anything is made of it.
/// Offsets that come out of the file are checked where they are used.
class IndexImage {
public:
    /// Maps a file. Whoever replaces the file must do so by renaming another over it, never by writing into
    /// it. Throws InputError naming the file and what is wrong with it.
    static IndexImage map(std::filesystem::path const& file);
    /// Takes the bytes that IndexBuilder wrote, or those of a file. `name` is for messages.
    /// Throws InputError as map() does.
    static IndexImage own(std::string bytes, std::string name);

    IndexImage(IndexImage&&) noexcept;
    IndexImage& operator=(IndexImage&&) noexcept;
    IndexImage(IndexImage const&) = delete;
    IndexImage& operator=(IndexImage const&) = delete;
    ~IndexImage();

    std::string const& name() const noexcept { return m_name; }
    std::uint32_t place_count() const noexcept { return m_place_count; }
    std::uint32_t name_count() const noexcept { return m_name_count; }
    std::string const& content_hash() const noexcept { return m_content_hash; }
    /// How many letters the longest name has.
    std::size_t longest_name() const noexcept { return m_longest_name; }
    /// SHA-256 of the tables that it was made from (tables.hpp), 64 digits.
    std::string const& input_hash() const noexcept { return m_input_hash; }
    /// The whole file.
    std::string_view bytes() const noexcept { return m_bytes; }

    std::size_t size(Section section) const noexcept { return extent(section).size; }
    /// Bytes of a section, checked. Throws InputError when they are damaged or lie outside it.
    std::string_view read(Section section, std::uint64_t offset, std::uint64_t size) const {
        Extent const& within = extent(section);
        if (offset > within.size || size > within.size - offset) {
            outside(section);
        }
        check(within.offset + offset, size);
        return m_bytes.substr(within.offset + offset, size);
    }
    /// From an offset to the end of the section, of which the first `most` bytes at most.
    std::string_view read_from(Section section, std::uint64_t offset, std::uint64_t most) const {
        std::uint64_t const all = extent(section).size;
        return read(section, offset, offset > all ? 1 : std::min(most, all - offset));
    }
    /// The whole section.
    std::string_view read_all(Section section) const { return read(section, 0, size(section)); }
    /// Asks for memory that will be read soon; checks nothing.
    void prefetch(Section section, std::uint64_t offset) const noexcept {
        if (Extent const& within = extent(section); offset < within.size) {
            __builtin_prefetch(m_bytes.data() + within.offset + offset);
        }
    }
    /// Reads every block. Throws InputError for the first damaged one.
    void check_all() const { check(index_header_size, m_bytes.size() - index_header_size); }

    /// Says that the file is malformed although its checksums hold.
    [[noreturn]] void malformed(std::string_view what) const;

private:
    struct Storage;
    struct Extent {
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
    };

    IndexImage(std::unique_ptr<Storage> storage, std::string name);
    void read_header();
    void read_sections();
    Extent const& extent(Section section) const noexcept {
        return m_sections[static_cast<std::size_t>(section)];
    }
    void check(std::uint64_t offset, std::uint64_t size) const {
        std::uint64_t const begin = offset - index_header_size;
        for (std::uint64_t block = begin / index_block_size; block * index_block_size < begin + size;
             ++block) {
            if (block < m_block_count && m_checked[block].load(std::memory_order_acquire) == 0) {
                check_block(block);
            }
        }
    }
    void check_block(std::uint64_t block) const;
    [[noreturn]] void outside(Section section) const;

    std::unique_ptr<Storage> m_storage;
    std::string m_name;
    std::string_view m_bytes;
    std::array<Extent, section_count> m_sections{};
    std::uint32_t m_place_count = 0;
    std::uint32_t m_name_count = 0;
    std::size_t m_longest_name = 0;
    std::string m_content_hash;
    std::string m_input_hash;
    /// Blocks between the header and the checksums, which are checked on opening.
    std::uint64_t m_block_count = 0;
    std::unique_ptr<std::atomic<std::uint8_t>[]> m_checked; // NOLINT(*-avoid-c-arrays): atomics do not move
};

/// Whether a file begins as compiled gazetteers do; false when there is none.
bool is_index_file(std::filesystem::path const& file);

/// Writes all checksums anew into the bytes of a compiled gazetteer, which must have a whole header; the last
/// step of building one.
void seal_index(std::string& bytes);

} // namespace kharita::gazetteer
