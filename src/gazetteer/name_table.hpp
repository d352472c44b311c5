#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "gazetteer/index_image.hpp"
#include "gazetteer/letter_hash.hpp"
#include "gazetteer/name_key.hpp"
#include "gazetteer/name_text.hpp"

namespace kharita::gazetteer {

/// The directory of one section of entries ordered by hash.
class HashDirectory {
public:
    /// `image` must outlive it.
    HashDirectory(IndexImage const& image, Section directory, std::size_t entries) noexcept
        : m_image{&image},
          m_directory{directory},
          m_entries{entries},
          m_bits{buckets::bits_for(entries)} {}

    /// Entries that may have this hash: first, one past the last.
    std::pair<std::uint32_t, std::uint32_t> find(std::uint64_t hash) const;
    /// Asks for the memory that find() will read.
    void prefetch(std::uint64_t hash) const noexcept {
        m_image->prefetch(m_directory, buckets::index_of(hash, m_bits) * sizeof(std::uint32_t));
    }

private:
    IndexImage const* m_image;
    Section m_directory;
    std::size_t m_entries;
    unsigned m_bits;
};

/// All names of a compiled gazetteer, found by their letters.
class NameTable {
public:
    /// `image` must outlive it. Reads nothing yet.
    explicit NameTable(IndexImage const& image) noexcept
        : m_image{&image},
          m_directory{image, Section::name_buckets, image.name_count()} {}

    std::uint32_t size() const noexcept { return m_image->name_count(); }
    /// A name's record. Throws InputError when it is malformed.
    NameRecord record(std::uint32_t name) const;
    /// The text of a name; views the image.
    NameText text(NameRecord const& record) const;
    HeadWords heads() const { return HeadWords{m_image->read_all(Section::heads)}; }

    /// Names whose letters may have this hash: first, one past the last.
    std::pair<std::uint32_t, std::uint32_t> find(std::uint64_t hash) const { return m_directory.find(hash); }
    /// Calls `visit_name(index, record, text)` for each of the names [first, last) that has this hash, as far
    /// as records tell; by place.
    template <typename Visit>
    void visit(std::pair<std::uint32_t, std::uint32_t> range, std::uint64_t hash,
               Visit const& visit_name) const {
        for (std::uint32_t i = range.first; i < range.second; ++i) {
            NameRecord const found = record(i);
            if (found.tag == (hash & NameRecord::tag_mask)) {
                visit_name(i, found, text(found));
            }
        }
    }
    /// The same for all names with these letters, whose hash is `hash`.
    template <typename Visit>
    void find(std::uint64_t hash, std::string_view letters, Visit const& visit_name) const {
        visit(find(hash), hash, [&](std::uint32_t name, NameRecord const& record, NameText const& stored) {
            if (has_letters(stored, letters)) {
                visit_name(name, record, stored);
            }
        });
    }

    /// Asks for the memory that find() will read.
    void prefetch_directory(std::uint64_t hash) const noexcept { m_directory.prefetch(hash); }
    /// Asks for the memory that records() will read.
    void prefetch_records(std::pair<std::uint32_t, std::uint32_t> range) const noexcept;
    /// Calls `visit_record(index, record)` for each of the names [first, last) that has this hash, as far as
    /// records tell, and asks for its text.
    template <typename Visit>
    void records(std::pair<std::uint32_t, std::uint32_t> range, std::uint64_t hash,
                 Visit const& visit_record) const {
        std::string_view const bytes =
            m_image->read(Section::names, std::uint64_t{range.first} * NameRecord::size,
                          std::uint64_t{range.second - range.first} * NameRecord::size);
        char const* at = bytes.data();
        for (std::uint32_t i = range.first; i < range.second; ++i, at += NameRecord::size) {
            if (NameRecord::tag_of(at) == (hash & NameRecord::tag_mask)) {
                NameRecord const found = checked(NameRecord::read(at));
                m_image->prefetch(Section::details, found.text);
                visit_record(i, found);
            }
        }
    }

private:
    NameRecord checked(NameRecord const& record) const;

    IndexImage const* m_image;
    HashDirectory m_directory;
};

} // namespace kharita::gazetteer
