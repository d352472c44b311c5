#include "tile/feature_ids.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/hash.hpp"
#include "geo/geojson.hpp"

namespace kharita::tile {

namespace {

constexpr std::uint64_t id_mask = (std::uint64_t{1} << 53U) - 1;

/// The last 64 bits of an identity written as 32 hexadecimal digits.
std::optional<std::uint64_t> low_bits(std::string_view text) {
    if (text.size() != 32) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    char const* const end = text.data() + text.size();
    auto const [at, error] = std::from_chars(text.data() + 16, end, value, 16);
    return error == std::errc{} && at == end ? std::optional{value} : std::nullopt;
}

std::uint64_t wanted_id(Feature const& feature, std::string& scratch) {
    if (feature.id != 0) {
        return feature.id & id_mask;
    }
    for (std::string_view const name : {"id", "event_id"}) {
        if (auto const* text = std::get_if<std::string>(&geo::property(feature, name))) {
            return low_bits(*text).value_or(xxh3(*text)) & id_mask;
        }
    }
    scratch.clear();
    geo::append_geojson(scratch, feature);
    return xxh3(scratch) & id_mask;
}

} // namespace

void assign_ids(FeatureLayer& layer) {
    std::unordered_set<std::uint64_t> taken;
    taken.reserve(layer.features.size());
    std::string scratch;
    for (Feature& feature : layer.features) {
        std::uint64_t id = wanted_id(feature, scratch);
        while (id == 0 || !taken.insert(id).second) {
            id = (id + 1) & id_mask;
        }
        feature.id = id;
    }
}

} // namespace kharita::tile
