#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kharita::store {

/// Where an id was seen last, by a 64-bit hash of it: what a unique index knows, in 16 to 32 bytes an id and
/// without the disk. Two ids may share a hash, so that an answer is looked at before it is believed; what was
/// never put in is never found.
class IdTable {
public:
    IdTable();

    /// The row last put under this id, or under another of the same hash.
    std::optional<std::int64_t> find(std::string_view id) const noexcept;
    /// `row` is positive.
    void put(std::string_view id, std::int64_t row);

    /// Says that this id will be asked for soon: with many ids most answers are far from the processor.
    void expect(std::string_view id) const noexcept;

    /// The same, of an id whose hash is known already.
    std::optional<std::int64_t> find(std::uint64_t hash) const noexcept;
    void put(std::uint64_t hash, std::int64_t row);

    std::size_t size() const noexcept { return m_size; }

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::int64_t row = 0; ///< 0: free
    };

    std::size_t slot_of(std::uint64_t hash) const noexcept;
    void grow();

    std::vector<Slot> m_slots; ///< a power of two of them, at most half taken
    std::size_t m_size = 0;
};

} // namespace kharita::store
