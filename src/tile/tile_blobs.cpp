#include "tile/tile_blobs.hpp"

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "base/hash.hpp"
#include "base/mapped_file.hpp"
#include "base/scratch_file.hpp"

namespace kharita::tile {

/// Where the bytes are: in a file; or each as a string of its own, known by its index, behind those of a file
/// that is there already.
class TileBlobs::Store {
public:
    Store() = default;
    explicit Store(std::filesystem::path const& folder) { m_file.emplace(folder); }
    explicit Store(std::shared_ptr<MappedFile const> file) : m_mapped{std::move(file)} {}

    std::uint64_t append(std::string bytes) {
        if (m_file) {
            return m_file->append(bytes);
        }
        std::lock_guard const lock{m_mutex};
        m_strings.push_back(std::move(bytes));
        return mapped().size() + m_strings.size() - 1;
    }

    std::string_view mapped() const noexcept { return m_mapped ? m_mapped->bytes() : std::string_view{}; }

    /// Of bytes that lie in memory; those of a file are read.
    std::optional<std::string_view> view(Place const& place) const {
        if (m_file) {
            return std::nullopt;
        }
        std::string_view const first = mapped();
        if (place.offset < first.size()) {
            return first.substr(place.offset, place.length);
        }
        std::lock_guard const lock{m_mutex};
        return m_strings[static_cast<std::size_t>(place.offset - first.size())];
    }

    std::string read(Place const& place) const {
        auto const bytes = view(place);
        return bytes ? std::string{*bytes} : m_file->read(place.offset, place.length);
    }

private:
    std::optional<ScratchFile> m_file;
    mutable std::mutex m_mutex;
    std::deque<std::string> m_strings; // which stay where they are
    std::shared_ptr<MappedFile const> m_mapped;
};

TileBlobs::TileBlobs() : m_store{std::make_shared<Store>()} {}

TileBlobs::TileBlobs(std::filesystem::path const& folder) : m_store{std::make_shared<Store>(folder)} {}

TileBlobs::TileBlobs(std::shared_ptr<MappedFile const> file)
    : m_store{std::make_shared<Store>(std::move(file))} {}

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

TileBlobs::Place TileBlobs::place_of(std::string_view bytes) const {
    return {static_cast<std::uint64_t>(bytes.data() - m_store->mapped().data()),
            static_cast<std::uint32_t>(bytes.size()), xxh3(bytes)};
}

std::string TileBlobs::at(Place const& place) const {
    return m_store->read(place);
}

std::uint32_t TileBlobs::add(Place const& place) {
    m_places.push_back(place);
    return static_cast<std::uint32_t>(m_places.size() - 1);
}

void TileBlobs::for_each_run(std::function<void(std::string_view)> const& visit) const {
    std::uint64_t const mapped = m_store->mapped().size();
    for (std::size_t i = 0; i < m_places.size();) {
        Place const run = m_places[i++];
        auto const bytes = m_store->view(run);
        if (run.offset >= mapped) {
            visit(bytes ? *bytes : std::string_view{at(run)});
            continue;
        }
        std::uint64_t end = run.offset + run.length;
        for (; i < m_places.size() && m_places[i].offset == end && end < mapped; ++i) {
            end += m_places[i].length;
        }
        visit(m_store->mapped().substr(run.offset, end - run.offset));
    }
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
