#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/rejects.hpp"
#include "tile/layer_data.hpp"
#include "tile/shape_record.hpp"

namespace kharita::tile {

/// Stands for no feature in ShapeChanges.
inline constexpr std::uint32_t no_feature = std::numeric_limits<std::uint32_t>::max();

/// The features of a layer of lines and polygons before and after a change.
struct ShapeChanges {
    LayerData data; ///< after the changes; paths of features that stay have no vertices
    Rejects rejects;
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t removed = 0;

    std::unordered_map<std::uint64_t, std::uint32_t> old; ///< features before, by id
    std::vector<bool> goes;                               ///< by feature before: gone or given anew
    std::vector<std::uint32_t> number_before;             ///< by feature: its number before, or no_feature
    std::vector<std::uint32_t> number_after; ///< by feature before: its number now, or no_feature
    /// By feature: whether it is new, or an attribute or its rank is other than before.
    std::vector<bool> says_other;
};

/// Puts together the features that stay and those of `changes`, without those whose ids are `removed`. Throws
/// InputError when an update cannot do that: changed points, ids of 0, attributes of mixed types. `jobs` is
/// the number of threads.
ShapeChanges compare_shapes(ShapeRecord const& before, LayerBuilder& changes,
                            std::span<std::uint64_t const> removed, std::size_t jobs);

} // namespace kharita::tile
