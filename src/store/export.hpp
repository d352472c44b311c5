#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "store/features.hpp"

namespace kharita::store {

/// Forms in which layers are written.
enum class ExportFormat {
    geojson,    ///< RFC 7946, one FeatureCollection, each feature on a line
    geojsonseq, ///< one feature a line, without record separators
};

std::optional<ExportFormat> parse_format(std::string_view name) noexcept;
/// Ending of files of a form, with its dot.
std::string_view extension_of(ExportFormat format) noexcept;

struct ExportCounts {
    std::size_t features = 0;
    std::size_t without_position = 0; ///< rows that have none, and are in the database only
};

/// Writes a layer, piece by piece, to `sink`, in bounded memory. A GeoJSON collection also names the layer
/// and, where the database knows it, the attribution of its sources. `each` is called after every feature.
ExportCounts write_layer(Database& database, Layer layer, ExportFormat format,
                         std::function<void(std::string_view)> const& sink,
                         std::function<void()> const& each = {});

} // namespace kharita::store
