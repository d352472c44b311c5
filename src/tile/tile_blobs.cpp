#include "tile/tile_blobs.hpp"

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "base/hash.hpp"
#include "base/scratch_file.hpp"

namespace kharita::tile {

/// Where the bytes are: in a file, or each as a string of its own, known by its index.
class TileBlobs::Store {
public:
    Store() = default;
    explicit Store(std::filesystem::path const& folder) { m_file.emplace(folder); }

    std::uint64_t append(std::string bytes) {
        if (m_file) {
            return m_file->append(bytes);
        }
        std::lock_guard const lock{m_mutex};
        m_strings.push_back(std::move(bytes));
        return m_strings.size() - 1;
    }

    std::string read(Place const& place) const {
        if (m_file) {
            return m_file->read(place.offset, place.length);
        }
        std::lock_guard const lock{m_mutex};
        return m_strings[static_cast<std::size_t>(place.offset)];
    }

private:
    std::optional<ScratchFile> m_file;
    mutable std::mutex m_mutex;
    std::deque<std::string> m_strings;
};

TileBlobs::TileBlobs() : m_store{std::make_shared<Store>()} {}

TileBlobs::TileBlobs(std::filesystem::path const& folder) : m_store{std::make_shared<Store>(folder)} {}

TileBlobs TileBlobs::without_numbers() const {
    TileBlobs empty = *this;
    empty.m_places.clear();
    return empty;
}

TileBlobs::Place TileBlobs::put(std::string bytes) {
    Place place{0, static_cast<std::uint32_t>(bytes.size()), xxh3(bytes)};
    place.offset = m_store->append(std::move(bytes));
    return place;
}

std::string TileBlobs::at(Place const& place) const {
    return m_store->read(place);
}

std::uint32_t TileBlobs::add(Place const& place) {
    m_places.push_back(place);
    return static_cast<std::uint32_t>(m_places.size() - 1);
}

std::uint64_t TileBlobs::total_bytes() const noexcept {
    std::uint64_t bytes = 0;
    for (Place const& place : m_places) {
        bytes += place.length;
    }
    return bytes;
}

bool operator==(TileBlobs const& a, TileBlobs const& b) {
    bool equal = a.size() == b.size();
    for (std::uint32_t number = 0; equal && number < a.size(); ++number) {
        equal = a.place(number).hash == b.place(number).hash && a[number] == b[number];
    }
    return equal;
}

} // namespace kharita::tile
