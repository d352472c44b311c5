#include "tile/periods.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "tile/mvt_decoder.hpp"

namespace kharita::tile {

namespace {

constexpr std::string_view undated = "undated";

std::optional<int> number(std::string_view text) {
    int value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

/// "2019" or "2019-08" of a text that begins with a day; else "undated".
std::string period_of(std::string_view day, Period period) {
    constexpr std::size_t day_size = 10;
    constexpr std::size_t month_size = 7;
    constexpr std::size_t year_size = 4;
    if (day.size() < day_size || day[4] != '-' || day[7] != '-') {
        return std::string{undated};
    }
    auto const year = number(day.substr(0, 4));
    auto const month = number(day.substr(5, 2));
    auto const date = number(day.substr(8, 2));
    bool const is_day = year && month && date &&
                        std::chrono::year_month_day{std::chrono::year{*year},
                                                    std::chrono::month{static_cast<unsigned>(*month)},
                                                    std::chrono::day{static_cast<unsigned>(*date)}}
                            .ok();
    return std::string{is_day ? day.substr(0, period == Period::month ? month_size : year_size) : undated};
}

std::string period_of(LayerData const& layer, std::uint32_t feature, std::string_view attribute,
                      Period period) {
    for (Tag const tag : layer.tags_of(feature)) {
        if (layer.keys[tag.key].name == attribute) {
            Value const value = decode_value(layer.value(tag.value));
            auto const* text = std::get_if<std::string>(&value);
            return text != nullptr ? period_of(*text, period) : std::string{undated};
        }
    }
    return std::string{undated};
}

/// A layer with some of its features, in their order.
class Subset {
public:
    Subset(LayerData const& layer, std::vector<std::uint32_t> const& features) : m_layer{layer} {
        m_part.config = layer.config;
        m_part.minzoom = layer.minzoom;
        m_part.maxzoom = layer.maxzoom;
        m_part.keys = layer.keys;
        m_part.coverage_count = layer.coverage_count;
        m_part.tag_begin.push_back(0);
        m_number.assign(layer.feature_count(), nobody);
        for (std::uint32_t const feature : features) {
            m_number[feature] = static_cast<std::uint32_t>(m_part.ids.size());
            add(feature);
        }
    }

    LayerData take() {
        for (PointItem const& item : m_layer.points) {
            if (m_number[item.feature] != nobody) {
                m_part.has_multipoints = m_part.has_multipoints || !item.counts;
                m_part.points.push_back({item.at, m_number[item.feature], item.counts});
            }
        }
        move_paths(m_layer.lines, m_part.lines);
        move_paths(m_layer.rings, m_part.rings);
        m_part.bounds = bounds_of(m_part);
        return std::move(m_part);
    }

private:
    static constexpr std::uint32_t nobody = ~std::uint32_t{0};

    void add(std::uint32_t feature) {
        for (Tag const tag : m_layer.tags_of(feature)) {
            m_part.tags.push_back({tag.key, m_part.values.add(m_layer.value(tag.value))});
        }
        m_part.tag_begin.push_back(m_part.tags.size());
        m_part.ids.push_back(m_layer.ids[feature]);
        m_part.ranks.push_back(m_layer.ranks[feature]);
        m_part.coverages.push_back(m_layer.coverages[feature]);
        if (m_layer.config.thinning) {
            std::size_t const aggregates = m_layer.aggregate_count();
            m_part.own_counts.push_back(m_layer.own_counts[feature]);
            auto const own = std::span{m_layer.own_aggregates}.subspan(feature * aggregates, aggregates);
            m_part.own_aggregates.insert(m_part.own_aggregates.end(), own.begin(), own.end());
        }
    }

    void move_paths(std::vector<Path> const& from, std::vector<Path>& to) {
        for (Path const& path : from) {
            if (m_number[path.feature] == nobody) {
                continue;
            }
            auto const vertices = std::span{m_layer.vertices}.subspan(path.begin, path.end - path.begin);
            std::size_t const begin = m_part.vertices.size();
            m_part.vertices.insert(m_part.vertices.end(), vertices.begin(), vertices.end());
            to.push_back({m_number[path.feature], path.polygon, begin, m_part.vertices.size(), path.area});
        }
    }

    LayerData const& m_layer;
    LayerData m_part;
    std::vector<std::uint32_t> m_number; ///< by feature: its number in the part, or nobody
};

} // namespace

std::vector<PeriodLayers> split_by_period(std::vector<LayerData> layers, std::string_view attribute,
                                          Period period) {
    std::map<std::string, std::vector<LayerData>, std::less<>> periods; // digits sort before "undated"
    for (LayerData& layer : layers) {
        std::map<std::string, std::vector<std::uint32_t>> features;
        for (std::uint32_t feature = 0; feature < layer.feature_count(); ++feature) {
            features[period_of(layer, feature, attribute, period)].push_back(feature);
        }
        for (auto const& [name, numbers] : features) {
            periods[name].push_back(Subset{layer, numbers}.take());
        }
        layer = {};
    }
    std::vector<PeriodLayers> result;
    result.reserve(periods.size());
    for (auto& [name, parts] : periods) {
        result.push_back({name, std::move(parts)});
    }
    return result;
}

std::pair<std::string, std::string> days_of(std::string_view period) {
    if (period == undated) {
        return {};
    }
    if (period.size() == 4) {
        return {fmt::format("{}-01-01", period), fmt::format("{}-12-31", period)};
    }
    std::chrono::year_month_day_last const last{
        std::chrono::year{number(period.substr(0, 4)).value_or(0)},
        std::chrono::month_day_last{
            std::chrono::month{static_cast<unsigned>(number(period.substr(5, 2)).value_or(1))}}};
    return {fmt::format("{}-01", period), fmt::format("{}-{:02}", period, static_cast<unsigned>(last.day()))};
}

} // namespace kharita::tile
