#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kharita {
class MappedFile;
}

namespace kharita::tile {

/// Compressed tiles, known by their numbers: in memory, or in a file that is gone with them. Copies share
/// what they hold.
class TileBlobs {
public:
    /// In memory.
    TileBlobs();
    /// In a file without a name in this folder. Throws OutputError when it cannot be written.
    explicit TileBlobs(std::filesystem::path const& folder);
    /// In memory, beside those that a file has, which stay there; see place_of().
    explicit TileBlobs(std::shared_ptr<MappedFile const> file);

    /// Without any tile, but holding on to the same memory or file: places of these may be added to it.
    TileBlobs without_numbers() const;

    /// Where bytes were put.
    struct Place {
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
        std::uint64_t hash = 0; ///< xxh3()
        friend bool operator==(Place const&, Place const&) = default;
    };
    /// Puts bytes away without a number. Several threads may do so at a time. Throws OutputError.
    Place put(std::string bytes);
    /// The place of bytes that lie in the file that these were made with.
    Place place_of(std::string_view bytes) const;
    /// The bytes of a place.
    std::string at(Place const& place) const;

    /// Gives the bytes of a place the next number; it is answered.
    std::uint32_t add(Place const& place);
    /// Puts bytes away under the next number; it is answered.
    std::uint32_t add(std::string bytes) { return add(put(std::move(bytes))); }

    /// A tile, read anew each time.
    std::string operator[](std::uint32_t number) const { return at(m_places[number]); }
    Place const& place(std::uint32_t number) const noexcept { return m_places[number]; }
    std::size_t size() const noexcept { return m_places.size(); }
    /// Calls `visit` with the bytes of all tiles in the order of their numbers, in as few pieces as they lie
    /// in.
    void for_each_run(std::function<void(std::string_view)> const& visit) const;
    /// How many bytes they are together.
    std::uint64_t total_bytes() const noexcept;

    /// Whether the same tiles have the same numbers.
    friend bool operator==(TileBlobs const& a, TileBlobs const& b);

private:
    class Store;
    std::shared_ptr<Store> m_store;
    std::vector<Place> m_places; ///< by number
};

} // namespace kharita::tile
