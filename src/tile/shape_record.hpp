#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tile/arcs.hpp"
#include "tile/grown.hpp"
#include "tile/layer_data.hpp"
#include "tile/path_facts.hpp"
#include "tile/untangle.hpp"

namespace kharita::tile {

/// The lines or the polygons of a layer as an update finds them: cut into arcs, with what simplification made
/// of them at each zoom. Of all coverages together.
struct PathRecord {
    /// A stretch of vertices. Without any: its number is free.
    struct Arc {
        std::uint64_t begin = 0; ///< into vertices
        std::uint32_t size = 0;
        std::uint32_t coverage = 0;
        std::uint64_t is_free = 0; ///< 1: a whole ring without any junction
        GridBox box;
    };

    std::vector<PathFacts> paths;         ///< by feature
    std::vector<std::uint64_t> use_begin; ///< by path, and one more
    std::vector<std::uint32_t> uses;      ///< number of the arc, doubled; one more where it is reversed
    std::vector<Arc> arcs;
    Grown<GridPoint> vertices;
    /// Arcs::keep_below of rings. Lines do not depend on each other: those that change are rated then.
    Grown<float> keep_below;
    /// By zoom from the layer's first: what untangle() put back, sorted by arc. Empty of lines.
    std::vector<std::vector<PutBack>> put_back;

    ArcView view(Arc const& arc) const noexcept {
        return {vertices.run(arc.begin, arc.size),
                keep_below.empty() ? std::span<float const>{} : keep_below.run(arc.begin, arc.size)};
    }
    ArcView view(std::uint32_t arc) const noexcept { return view(arcs[arc]); }
    std::span<std::uint32_t const> uses_of(std::size_t path) const noexcept {
        return std::span{uses}.subspan(use_begin[path], use_begin[path + 1] - use_begin[path]);
    }
};

/// All that an update has to know of a layer of lines and polygons, whose tiles have only what simplification
/// left: the features whole.
struct ShapeRecord {
    int minzoom = 0;
    int maxzoom = 0;
    std::vector<std::uint64_t> ids; ///< by feature, as LayerData has them
    std::vector<double> ranks;
    std::vector<std::uint32_t> coverages;
    std::vector<std::string> coverage_names;
    std::vector<std::string> keys;       ///< names of attributes
    std::vector<std::uint64_t> tag_ends; ///< by feature
    std::vector<Tag> tags;               ///< into keys and values
    std::vector<std::uint64_t> value_ends;
    std::string values;                    ///< encode_value(), one after the other
    std::array<PathRecord, 2> paths;       ///< lines; rings
    std::vector<std::uint64_t> key_tiles;  ///< by key: how many tiles name it
    std::vector<std::uint64_t> zoom_tiles; ///< by zoom from minzoom: how many tiles have the layer

    std::string_view value(std::uint32_t number) const noexcept {
        std::uint64_t const begin = number == 0 ? 0 : value_ends[number - 1];
        return std::string_view{values}.substr(begin, value_ends[number] - begin);
    }
    std::span<Tag const> tags_of(std::size_t feature) const noexcept {
        std::uint64_t const begin = feature == 0 ? 0 : tag_ends[feature - 1];
        return std::span{tags}.subspan(begin, tag_ends[feature] - begin);
    }
};

inline constexpr std::array path_kinds{PathKind::line, PathKind::ring};

/// The record of a layer without points, but for the numbers of tiles. `jobs` is the number of threads.
ShapeRecord record_shapes(LayerData const& layer, std::size_t jobs);

/// Ids, ranks, attributes of a layer.
void record_features(LayerData const& layer, ShapeRecord& record);

/// Bytes in pieces, of which some lie in the record that was written.
struct ShapeBytes {
    std::deque<std::string> own;
    std::vector<std::string_view> pieces;
    std::uint64_t size = 0; ///< of all pieces, a multiple of 8
};

/// As bytes that read_shapes() takes. The record must outlive them.
ShapeBytes write_shapes(ShapeRecord const& record);

/// Whether long columns are copied, or stay where the bytes are, which must then outlive them.
enum class Columns { copied, in_place };

/// Throws FormatError when the bytes are none, or numbers in them lead outside.
ShapeRecord read_shapes(std::string_view bytes, Columns columns);

} // namespace kharita::tile
