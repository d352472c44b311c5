#include "tile/point_decoder.hpp"

#include <algorithm>

#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

constexpr std::uint32_t unknown = ~std::uint32_t{0};
constexpr std::size_t own = ~std::size_t{0};
constexpr std::size_t count = own - 1;

} // namespace

void PointDecoder::add(PointTile const& tile, std::function<bool(std::uint64_t)> const& is_gone) {
    begin(tile);
    std::size_t tag = 0;
    for (PointTile::Feature const& feature : tile.features) {
        std::size_t const first = tag;
        tag = feature.tags_end;
        if (is_gone(feature.id)) {
            continue;
        }
        auto const place = m_layer.find(feature.id);
        if (!place) {
            fail<FormatError>("tile: feature {} is not in the index", feature.id);
        }
        add_tags(tile, first, tag);
        m_into.end_encoded({feature.id, m_layer.places.all()[*place], m_layer.ranks.all()[*place], m_count,
                            std::span{m_aggregates}});
    }
}

void PointDecoder::begin(PointTile const& tile) {
    m_values.assign(tile.values.size(), unknown);
    m_keys.clear();
    m_roles.clear();
    for (std::string_view const name : tile.keys) {
        m_roles.push_back(role_of(name));
        m_keys.push_back(m_roles.back() == own ? m_into.key_of(name) : 0);
    }
}

/// What an attribute is: the feature's own, the count, or the number of an aggregate.
std::size_t PointDecoder::role_of(std::string_view name) const {
    if (!m_config.thinning) {
        return own;
    }
    if (!m_config.thinning->count.empty() && name == m_config.thinning->count) {
        return count;
    }
    auto const& aggregates = m_config.thinning->aggregates;
    auto const found = std::ranges::find(aggregates, name, &AggregateConfig::name);
    return found == aggregates.end() ? own : static_cast<std::size_t>(found - aggregates.begin());
}

void PointDecoder::add_tags(PointTile const& tile, std::size_t first, std::size_t last) {
    m_count = 1;
    m_aggregates.assign(m_config.thinning ? m_config.thinning->aggregates.size() : 0, Aggregate{});
    for (std::size_t i = first; i < last; ++i) {
        auto const [key, value] = tile.tags[i];
        std::size_t const role = m_roles[key];
        if (role != own) {
            set_gathered(role, tile.values[value]);
            continue;
        }
        if (m_values[value] == unknown) {
            m_values[value] = m_into.values.add(tile.values[value]);
        }
        m_into.keys[m_keys[key]].types |= 1U << static_cast<unsigned>(type_of_value(tile.values[value]));
        m_into.tags.push_back({m_keys[key], m_values[value]});
    }
}

void PointDecoder::set_gathered(std::size_t role, std::string_view bytes) {
    Value const value = decode_value(bytes);
    auto const* const whole = std::get_if<std::int64_t>(&value);
    auto const* const real = std::get_if<double>(&value);
    if (whole == nullptr && real == nullptr) {
        fail<FormatError>("tile: a gathered attribute is no number");
    }
    if (role == count) {
        m_count = static_cast<std::uint32_t>(whole != nullptr ? *whole : 1);
    } else {
        m_aggregates[role] = {whole != nullptr ? static_cast<double>(*whole) : *real, true, whole != nullptr,
                              m_config.thinning->aggregates[role].kind};
    }
}

} // namespace kharita::tile
