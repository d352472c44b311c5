#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/feature.hpp"
#include "tile/feature_index.hpp"

namespace kharita::publish {

/// A hash of all that a feature says: id, rank, properties with their types, geometry.
std::uint64_t content_hash(Feature const& feature);

/// The features of a layer by rising id, each with its content_hash(). Throws InputError when features have
/// no id, or two the same: what changed of them cannot be told.
std::vector<tile::FeatureIndex::Content> contents_of(FeatureLayer const& layer);

/// What changed of a layer.
struct FeatureChanges {
    std::vector<std::size_t> put;       ///< features that are new or say other than before, by their place
    std::vector<std::uint64_t> removed; ///< ids
    bool is_empty() const noexcept { return put.empty() && removed.empty(); }
};

/// `before` as contents_of().
FeatureChanges changes_since(std::vector<tile::FeatureIndex::Content> const& before,
                             FeatureLayer const& layer);

} // namespace kharita::publish
