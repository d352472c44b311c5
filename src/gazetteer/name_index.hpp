#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_key.hpp"

namespace kharita::gazetteer {

/// All names by the hash of their letters (name_key.hpp). Immutable once built.
class NameIndex {
public:
    struct Name {
        NameKey key;
        PlaceIndex place = no_place;
        bool primary = false;
        bool acronym = false; ///< all capitals: «US» is a name, «us» is not
    };

    NameIndex() = default;
    explicit NameIndex(std::vector<Name> names);

    /// The names with exactly these letters.
    std::span<Name const> find(std::string_view letters) const noexcept;
    /// Whether some name of four letters or more begins with the first four of `letters`; then how long the
    /// longest such name is, else 0. May be more than it should be, never less.
    std::size_t longest_with_prefix(std::string_view letters) const noexcept;
    /// Whether names are often written with this word in front («كفر», «تل», "Khan"): a name written as one
    /// word may then be found behind it as two.
    bool is_head(std::string_view word_codes) const noexcept;
    /// All names, ordered by letters.
    std::span<Name const> names() const noexcept { return m_names; }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t first = 0;
        std::uint32_t count = 0; ///< 0: empty
    };
    static constexpr std::size_t prefix_size = 4;
    static constexpr std::size_t prefix_slots = 1U << 15U;

    static std::size_t prefix_slot(std::string_view letters) noexcept;
    void add_slots();
    void add_heads();

    std::vector<Name> m_names;
    std::vector<Slot> m_slots;                ///< a power of two, at most half full
    std::vector<std::uint8_t> m_longest;      ///< by prefix_slot()
    std::vector<std::uint64_t> m_head_hashes; ///< sorted
};

} // namespace kharita::gazetteer
