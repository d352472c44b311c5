#include "gazetteer/name_table.hpp"

#include <algorithm>

namespace kharita::gazetteer {

std::pair<std::uint32_t, std::uint32_t> HashDirectory::find(std::uint64_t hash) const {
    constexpr std::size_t width = sizeof(std::uint32_t);
    std::string_view const pair =
        m_image->read(m_directory, buckets::index_of(hash, m_bits) * width, 2 * width);
    auto const first = load_little<std::uint32_t>(pair.data());
    auto const last = load_little<std::uint32_t>(pair.data() + width);
    if (first > last || last > m_entries) {
        m_image->malformed("a directory");
    }
    return {first, last};
}

NameRecord NameTable::record(std::uint32_t name) const {
    return checked(NameRecord::read(
        m_image->read(Section::names, std::uint64_t{name} * NameRecord::size, NameRecord::size).data()));
}

NameRecord NameTable::checked(NameRecord const& record) const {
    if (record.place >= m_image->place_count()) {
        m_image->malformed("the place of a name");
    }
    return record;
}

void NameTable::prefetch_records(std::pair<std::uint32_t, std::uint32_t> range) const noexcept {
    if (range.first < range.second) {
        m_image->prefetch(Section::names, std::uint64_t{range.first} * NameRecord::size);
        m_image->prefetch(Section::names, std::uint64_t{range.second} * NameRecord::size - 1);
    }
}

NameText NameTable::text(NameRecord const& record) const {
    // What one look brings: nearly all names are shorter, and a block's check is not worth a second one.
    constexpr std::uint64_t most = 80;
    for (std::uint64_t size = most;; size *= 16) {
        std::string_view const bytes = m_image->read_from(Section::details, record.text, size);
        ByteReader reader{bytes};
        NameText const name = NameText::read(reader, record.flags);
        if (reader.is_whole()) {
            return name;
        }
        if (bytes.size() < size) {
            m_image->malformed("a name");
        }
    }
}

} // namespace kharita::gazetteer
