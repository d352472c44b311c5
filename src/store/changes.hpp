#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "store/features.hpp"

namespace kharita::store {

enum class Change { added, changed, removed };

std::string_view name_of(Change change) noexcept;

struct ChangeCounts {
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t removed = 0;
};

/// A feature that is not as it was.
struct ChangedFeature {
    Change change = Change::added;
    Feature const& feature;               ///< as it is now; of what was removed, as it was
    std::vector<std::string_view> fields; ///< of what changed: which properties, or "geometry"
};

/// Calls `use` for what of a layer differs between two databases, by the property `id`: what was added, in
/// the order of the new one; then what changed and what was removed, in the order of the old one. Keeps 16
/// bytes for each feature and what changed in memory.
ChangeCounts changes(Database& before, Database& now, Layer layer,
                     std::function<void(ChangedFeature const&)> const& use);

} // namespace kharita::store
