#include "tile/vector_reader.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace kharita::tile {

namespace {

template <typename Number>
std::optional<Number> parse(std::string_view text) {
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

/// A cell with the type of its column; as text where it is no such number after all.
Value value_of(std::string&& cell, geo::VectorField::Kind kind) {
    using Kind = geo::VectorField::Kind;
    if (kind == Kind::whole) {
        if (auto const number = parse<std::int64_t>(cell)) {
            return *number;
        }
    } else if (kind == Kind::real) {
        if (auto const number = parse<double>(cell)) {
            return *number;
        }
    } else if (kind == Kind::truth) {
        return cell != "0";
    }
    return std::move(cell);
}

Feature feature_of(geo::VectorRow&& row, geo::VectorLayer const& layer) {
    Feature feature;
    feature.id = parse<std::uint64_t>(row.id).value_or(0);
    feature.geometry = std::move(*row.geometry);
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (!row.values[i].empty()) {
            feature.properties.emplace_back(layer.fields[i],
                                            value_of(std::move(row.values[i]), layer.kinds[i]));
        }
    }
    return feature;
}

} // namespace

void read_vector_file(geo::VectorFile& file, std::string const& name, BuildersOf const& builders_of,
                      Rejects& rejects, std::function<void(std::size_t)> const& on_progress) {
    constexpr std::size_t step = 1000;
    std::size_t rows = 0;
    file.read([&](geo::VectorRow&& row) {
        if (++rows % step == 0) {
            on_progress(step);
        }
        geo::VectorLayer const& layer = file.layers()[row.layer];
        auto const builders = builders_of(row.layer);
        if (builders.empty()) {
            return;
        }
        if (!row.geometry) {
            rejects.push_back({name,
                               0,
                               fmt::format("layer {}, row {}: {}", layer.name, row.number,
                                           row.problem.empty() ? "no shape" : row.problem),
                               {}});
            return;
        }
        Feature const feature = feature_of(std::move(row), layer);
        for (LayerBuilder* const builder : builders) {
            builder->add(feature);
        }
    });
    on_progress(rows % step);
}

} // namespace kharita::tile
