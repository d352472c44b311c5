#include "gazetteer/name_index.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>
#include <utility>

#include "base/hash.hpp"

namespace kharita::gazetteer {

NameIndex::NameIndex(std::vector<Name> names) : m_names{std::move(names)}, m_longest(prefix_slots) {
    std::erase_if(m_names, [](Name const& name) { return name.key.letters.empty(); });
    std::ranges::sort(m_names, [](Name const& a, Name const& b) {
        return std::tie(a.key.letters, a.place, b.primary, a.key.plain) <
               std::tie(b.key.letters, b.place, a.primary, b.key.plain);
    });
    add_slots();
    add_heads();
}

void NameIndex::add_slots() {
    m_slots.resize(std::bit_ceil(std::max<std::size_t>(m_names.size() * 2, 16)));
    std::size_t const mask = m_slots.size() - 1;
    for (std::size_t first = 0; first < m_names.size();) {
        std::string_view const letters = m_names[first].key.letters;
        std::size_t end = first;
        while (end < m_names.size() && m_names[end].key.letters == letters) {
            ++end;
        }
        std::uint64_t const hash = xxh3(letters);
        std::size_t slot = hash & mask;
        while (m_slots[slot].count != 0) {
            slot = (slot + 1) & mask;
        }
        m_slots[slot] = {hash, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - first)};
        if (letters.size() >= prefix_size) {
            std::uint8_t& longest = m_longest[prefix_slot(letters)];
            longest =
                std::max(longest, static_cast<std::uint8_t>(std::min<std::size_t>(letters.size(), 255)));
        }
        first = end;
    }
}

void NameIndex::add_heads() {
    // A word that stands first in names of several places; once might be chance.
    std::map<std::string_view, std::vector<PlaceIndex>> places;
    for (Name const& name : m_names) {
        std::string_view const spelled = name.key.spelled;
        if (std::size_t const space = spelled.find(' '); space != std::string_view::npos) {
            places[spelled.substr(0, space)].push_back(name.place);
        }
    }
    for (auto& [word, of] : places) {
        std::ranges::sort(of);
        if (std::unique(of.begin(), of.end()) - of.begin() >= 2) {
            m_head_hashes.push_back(xxh3(word));
        }
    }
    std::ranges::sort(m_head_hashes);
}

std::size_t NameIndex::prefix_slot(std::string_view letters) noexcept {
    std::uint32_t packed = 0;
    for (std::size_t i = 0; i < prefix_size; ++i) {
        packed = (packed << 8U) | static_cast<unsigned char>(letters[i]);
    }
    return (packed * 0x9E3779B1U) >> 17U; // Knuth's multiplicative hash, its upper 15 bits
}

std::span<NameIndex::Name const> NameIndex::find(std::string_view letters) const noexcept {
    if (m_names.empty()) {
        return {};
    }
    std::uint64_t const hash = xxh3(letters);
    std::size_t const mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask; m_slots[slot].count != 0; slot = (slot + 1) & mask) {
        Slot const& each = m_slots[slot];
        if (each.hash == hash && m_names[each.first].key.letters == letters) {
            return std::span{m_names}.subspan(each.first, each.count);
        }
    }
    return {};
}

std::size_t NameIndex::longest_with_prefix(std::string_view letters) const noexcept {
    return m_longest.empty() ? 0 : m_longest[prefix_slot(letters)];
}

bool NameIndex::is_head(std::string_view word_codes) const noexcept {
    return std::ranges::binary_search(m_head_hashes, xxh3(word_codes));
}

} // namespace kharita::gazetteer
