#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_image.hpp"

namespace kharita::gazetteer {

/// The places of a compiled gazetteer. A place is read when it is first asked for and kept from then on, so
/// that of millions only those that a run touches take memory. Safe to share by threads.
///
/// All functions throw InputError when what they read is damaged.
class PlaceStore {
public:
    /// `image` must outlive it.
    explicit PlaceStore(IndexImage const& image);
    PlaceStore(PlaceStore const&) = delete;
    PlaceStore& operator=(PlaceStore const&) = delete;
    PlaceStore(PlaceStore&&) = delete;
    PlaceStore& operator=(PlaceStore&&) = delete;
    ~PlaceStore();

    std::size_t size() const noexcept { return m_image->place_count(); }
    /// Valid while the store lives.
    Place const& place(PlaceIndex index) const;
    PlaceIndex parent(PlaceIndex index) const;
    FeatureClass feature_class_of(PlaceIndex index) const;
    std::vector<std::string> names(PlaceIndex index) const;
    std::optional<PlaceIndex> find(std::string_view id_or_ref) const;
    bool is_within(PlaceIndex inner, PlaceIndex outer) const;

private:
    static constexpr std::size_t page_size = 1024;
    struct Page;

    PlaceRecord record(PlaceIndex index) const;
    std::size_t feature_of(PlaceRecord const& record) const;
    std::string_view details(PlaceIndex index) const;
    std::string id(PlaceIndex index) const;
    Place read(PlaceIndex index) const;
    void fill_admin(PlaceIndex index, Place& place) const;
    std::optional<PlaceIndex> find_id(std::string_view wanted) const;
    std::optional<PlaceIndex> find_ref(std::string_view ref) const;
    Page& page(std::size_t number) const;

    IndexImage const* m_image;
    std::vector<std::string> m_features;
    std::vector<FeatureClass> m_classes;           ///< of the features
    std::unique_ptr<std::atomic<Page*>[]> m_pages; // NOLINT(*-avoid-c-arrays): atomics do not move
};

} // namespace kharita::gazetteer
